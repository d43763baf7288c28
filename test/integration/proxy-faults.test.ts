import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createCertificate } from '../support/certificates';
import { expectOutcomes, type FaultCase, faultScenario } from '../support/fault-run';
import { type RawRequest, RawServer } from '../support/raw-server';
import { finishedRun } from '../support/swarm-run';
import { writeEndlessly } from '../support/write-endlessly';

const MEGABYTE = 1024 * 1024;
const pair = createCertificate({ name: 'proxy.test' });

/** What a proxy does with the socket of who asks for a tunnel, and what has to come of the request; `tls`: it is reached over TLS. */
const PROXY_FAULTS: Record<
  string,
  [outcome: string, behave: (socket: Socket, written: (bytes: number) => void) => void, tls?: true]
> = {
  'never answers': ['ConnectTimeout', () => {}],
  'one byte a second': ['ConnectTimeout', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n')],
  'no end of the head that HTTP knows': ['ConnectTimeout', (socket) => socket.write('HTTP/1.1 200 OK\n\n')],
  closes: ['ProxyError: closed', (socket) => socket.end()],
  'closes in mid-head': ['ProxyError: closed', (socket) => socket.end('HTTP/1.1 200 OK\r\n')],
  resets: ['ConnectionReset', (socket) => socket.resetAndDestroy()],
  'another protocol': ['ProxyError: malformed answer', (socket) => socket.write('220 mail.example ESMTP\r\n\r\n')],
  'a NUL in the status': ['ProxyError: malformed answer', (socket) => socket.write('HTTP/1.1 2\x000 OK\r\n\r\n')],
  'endless head': ['ProxyError: malformed answer', (socket, written) => floodAfter(socket, 'HTTP/1.1 200 OK\r\nx: ', written)],
  'wants to know who asks': ['ProxyError: HTTP 407', (socket) => socket.write('HTTP/1.1 407 Who?\r\ncontent-length: 0\r\n\r\n')],
  'refuses without end': ['ProxyError: HTTP 503', (socket, written) => floodAfter(socket, 'HTTP/1.1 503 No\r\n\r\n', written)],
  'an interim answer': ['ProxyError: HTTP 100', (socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n')],
  'a tunnel to no TLS': ['TlsError: wrong version number', (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(100)}`)],
  'a tunnel into which nobody answers': ['ConnectTimeout', (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n')],
  'a tunnel that ends at once': ['ConnectionReset', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')],
  'a certificate of nobody': ['TlsError: self-signed certificate', () => {}, true],
};

function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text.charAt(at++)), 1000);
  socket.on('close', () => clearInterval(timer));
}

/** Writes as fast as the client takes it, 256 MB at the most. */
function floodAfter(socket: Socket, beginning: string, written: (bytes: number) => void): void {
  socket.write(beginning);
  writeEndlessly(socket, Buffer.alloc(65_536, 'x'), 256 * MEGABYTE, written);
}

it.concurrent.each(Object.entries(PROXY_FAULTS))(
  'A proxy of which a tunnel is asked: %s',
  async (fault, [outcome, behave, tls]) => {
    let written = 0;
    const respond = (_request: RawRequest, socket: Socket) =>
      behave(socket, (bytes) => {
        written += bytes;
      });
    const proxy = await RawServer.listen(respond, tls ? { tls: await pair } : {});
    try {
      const cases: FaultCase[] = [{ fault, outcome }];
      const target = {
        baseUrl: 'https://127.0.0.1',
        proxy: `${tls ? 'https' : 'http'}://localhost:${proxy.port}`,
        ...(outcome === 'ConnectTimeout' ? { connectTimeoutMs: 300 } : {}),
      };
      const { report } = await finishedRun(faultScenario(target, cases, 0.5), { stopTimeoutSeconds: 60 });
      expectOutcomes(report, cases);
      expect(written / Math.max(1, proxy.requests.length)).toBeLessThan(32 * MEGABYTE);
    } finally {
      await proxy.close();
    }
  },
);
