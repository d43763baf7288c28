import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { createCertificate, createExpiredCertificate, type KeyPair } from './certificates';
import { LoopbackServer } from './loopback-server';
import { okResponse } from './raw-server';

/** A backend that fails before, or beside, HTTP: how to reach it, and how to end it. */
export interface FailingBackend {
  secure: boolean;
  port: number;
  close(): Promise<void>;
}

/** Certificates of an authority that is trusted, and one that nobody knows. */
export interface Certificates {
  authority: KeyPair;
  good: KeyPair;
  expired: KeyPair;
  notYetValid: KeyPair;
  ofAnotherName: KeyPair;
  selfSigned: KeyPair;
  ofAStranger: KeyPair;
}

const DAY_MS = 86_400_000;

export async function createCertificates(): Promise<Certificates> {
  const authority = await createCertificate({ name: 'Test authority', isAuthority: true });
  const stranger = await createCertificate({ name: 'Another authority', isAuthority: true });
  const [tomorrow, dayAfter] = [1, 2].map((days) => new Date(Date.now() + days * DAY_MS));
  return {
    authority,
    good: await createCertificate({ name: 'localhost', issuer: authority }),
    expired: await createExpiredCertificate('localhost', authority),
    notYetValid: await createCertificate({ name: 'localhost', issuer: authority, notBefore: tomorrow, notAfter: dayAfter }),
    ofAnotherName: await createCertificate({ name: 'elsewhere.test', issuer: authority }),
    selfSigned: await createCertificate({ name: 'localhost' }),
    ofAStranger: await createCertificate({ name: 'localhost', issuer: stranger }),
  };
}

type Starter = (certificates: Certificates) => Promise<FailingBackend>;

function plain(accept: (socket: Socket) => void, secure = false): Starter {
  return () => listening(createServer(accept), secure);
}

function overTls(
  options: (certificates: Certificates) => TlsOptions,
  accept: (socket: TLSSocket) => void = answerEach,
  secure = true,
): Starter {
  return (certificates) => {
    const server = createTlsServer({ ALPNProtocols: ['h2', 'http/1.1'], ...options(certificates) }, accept);
    return listening(server, secure);
  };
}

async function listening(server: Server, secure: boolean): Promise<FailingBackend> {
  const backend = await new LoopbackServer(server).listening();
  return { secure, port: backend.port, close: () => backend.close() };
}

function answerEach(socket: Socket): void {
  socket.on('data', () => socket.write(okResponse()));
}

/** Nobody listens there any more. */
async function refused(): Promise<FailingBackend> {
  const backend = await listening(createServer(), false);
  await backend.close();
  return { ...backend, close: async () => {} };
}

/** How a backend can fail as a listener: at the connect, at the handshake, or by answering out of turn. */
export const CONNECTION_FAULTS = {
  'refuses connections': refused,
  'resets at the connect': plain((socket) => socket.resetAndDestroy()),
  'closes at the connect': plain((socket) => socket.end()),
  'accepts and never answers': plain(() => {}),
  'answers before it was asked': plain((socket) => socket.end(okResponse())),
  'answers before the request was sent': plain((socket) => {
    // A request of megabytes, of which it reads the beginning only.
    socket.once('data', () => {
      socket.pause();
      socket.write(okResponse());
    });
  }),
  'speaks TLS where HTTP is expected': overTls(({ good }) => good, answerEach, false),
  'speaks HTTP where TLS is expected': plain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), true),
  'accepts and never shakes hands': plain(() => {}, true),
  'breaks off the handshake': plain((socket) => socket.once('data', () => socket.resetAndDestroy()), true),
  'garbage for a handshake': plain((socket) => socket.end(Buffer.alloc(100, 0xff)), true),
  'an expired certificate': overTls(({ expired }) => expired),
  'a certificate of tomorrow': overTls(({ notYetValid }) => notYetValid),
  'a certificate of another name': overTls(({ ofAnotherName }) => ofAnotherName),
  'a self-signed certificate': overTls(({ selfSigned }) => selfSigned),
  'a certificate of a stranger': overTls(({ ofAStranger }) => ofAStranger),
  'asks for a certificate': overTls(({ good, authority }) => ({
    ...good,
    ca: authority.cert,
    requestCert: true,
    rejectUnauthorized: true,
    maxVersion: 'TLSv1.2',
  })),
  'asks to renegotiate TLS': overTls(
    ({ good }) => ({ ...good, maxVersion: 'TLSv1.2' }),
    (socket) =>
      socket.on('data', () => {
        // No answer without it.
        socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
          if (error) socket.destroy(error);
          else socket.write(okResponse());
        });
      }),
  ),
  'asks to renegotiate TLS after its answer': overTls(
    ({ good }) => ({ ...good, maxVersion: 'TLSv1.2' }),
    (socket) =>
      socket.on('data', () => {
        socket.write(okResponse(), () => socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, () => {}));
      }),
  ),
} satisfies Record<string, Starter>;
