import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../../../../../src/main/swarm/transport/http/http-client';
import { createCertificate, createExpiredCertificate, type KeyPair } from '../../../../../support/certificates';
import { okResponse, RawServer } from '../../../../../support/raw-server';
import { PLAIN_OPTIONS, sendOn, WireFixture } from './wire-fixture';

describe('WireClient over TLS', () => {
  const fixtures: WireFixture[] = [];
  const servers: RawServer[] = [];
  const rawServers: Server[] = [];
  let authority: KeyPair;
  let localhost: KeyPair;

  beforeAll(async () => {
    authority = await createCertificate({ name: 'Test authority', isAuthority: true });
    localhost = await createCertificate({ name: 'localhost', issuer: authority });
  });

  afterEach(async () => {
    for (const fixture of fixtures.splice(0)) fixture.destroy();
    for (const server of servers.splice(0)) await server.close();
    for (const server of rawServers.splice(0)) server.close();
  });

  async function listen(certificate: KeyPair | null, options: object = {}): Promise<RawServer> {
    const tls = certificate ? { ...certificate, ALPNProtocols: ['http/1.1'], ...options } : undefined;
    const server = await RawServer.listen((_request, socket) => socket.write(okResponse()), { tls });
    servers.push(server);
    return server;
  }

  /** A server without TLS that does this with the first bytes of a connection. Returns its port. */
  async function listenRaw(respond: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => respond(socket));
    });
    rawServers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  function wire(tls: Partial<HttpClientOptions['tls']>, options: Partial<HttpClientOptions> = {}): WireFixture {
    const fixture = new WireFixture({ ...options, tls: { ...PLAIN_OPTIONS.tls, ...tls } });
    fixtures.push(fixture);
    return fixture;
  }

  it('trusts who the authority vouches for, by name and by address, and measures the handshake', async () => {
    const server = await listen(localhost);
    const fixture = wire({ ca: authority.cert });
    for (const hostname of ['localhost', '127.0.0.1']) {
      const exchange = await fixture.once({ port: server.port, secure: true, hostname, capture: true });
      expect(exchange).toMatchObject({ error: null, status: 200 });
      expect(exchange.responseBody?.toString()).toBe('ok');
      expect(exchange.tlsUs).toBeGreaterThan(0);
      expect(exchange.connectUs).toBeGreaterThanOrEqual(exchange.tlsUs);
    }
  });

  it('reads bodies larger than the read buffer', async () => {
    const body = 'abcdefghij'.repeat(50_000);
    const server = await RawServer.listen((_request, socket) => socket.write(okResponse(body)), { tls: localhost });
    servers.push(server);
    const exchange = await wire({ ca: authority.cert }).once({ port: server.port, secure: true, capture: true });
    expect(exchange.responseBody?.toString('latin1') === body).toBe(true);
  });

  it('names what is wrong with a certificate', async () => {
    const selfSigned = await createCertificate({ name: 'localhost' });
    const expired = await createExpiredCertificate('localhost', authority);
    const future = await createCertificate({
      name: 'localhost',
      issuer: authority,
      notBefore: new Date(Date.now() + 86_400_000),
      notAfter: new Date(Date.now() + 2 * 86_400_000),
    });
    const elsewhere = await createCertificate({ name: 'elsewhere.test', issuer: authority });
    const stranger = await createCertificate({ name: 'Other authority', isAuthority: true });
    const strange = await createCertificate({ name: 'localhost', issuer: stranger });
    const cases: [KeyPair, string][] = [
      [selfSigned, 'self-signed certificate'],
      [expired, 'certificate expired'],
      [future, 'certificate not yet valid'],
      [elsewhere, 'hostname mismatch'],
      [strange, 'unable to verify'],
    ];
    const fixture = wire({ ca: authority.cert });
    for (const [certificate, why] of cases) {
      const server = await listen(certificate);
      const exchange = await fixture.once({ port: server.port, secure: true, hostname: 'localhost' });
      expect(exchange).toMatchObject({ error: `TlsError: ${why}`, status: 0, resent: 0 });
      expect(exchange.errorDetail).not.toBe('');
      const insecure = await wire({ insecure: true }).once({ port: server.port, secure: true, hostname: 'localhost' });
      expect(insecure).toMatchObject({ error: null, status: 200 });
    }
  });

  it('asks for the server name that it is told, and for none of an IP literal', async () => {
    const names: unknown[] = [];
    const elsewhere = await createCertificate({ name: 'elsewhere.test', issuer: authority });
    const server = await RawServer.listen(
      (_request, socket) => {
        if (socket instanceof TLSSocket) names.push([socket.servername, socket.alpnProtocol]);
        socket.write(okResponse());
      },
      { tls: { ...elsewhere, ALPNProtocols: ['h2', 'http/1.1'] } },
    );
    servers.push(server);
    const named = wire({ ca: authority.cert, serverName: 'elsewhere.test' });
    expect(await named.once({ port: server.port, secure: true })).toMatchObject({ error: null });
    expect(await wire({ insecure: true }).once({ port: server.port, secure: true })).toMatchObject({ error: null });
    expect(names).toEqual([
      ['elsewhere.test', 'http/1.1'],
      [false, 'http/1.1'],
    ]);
  });

  it('shows its own certificate where the server asks for one', async () => {
    const device = await createCertificate({ name: 'device-1', issuer: authority });
    const server = await listen(localhost, { ca: authority.cert, requestCert: true, rejectUnauthorized: true });
    const trusted = wire({ ca: authority.cert, cert: device.cert, key: device.key });
    expect(await trusted.once({ port: server.port, secure: true })).toMatchObject({ error: null, status: 200 });
    // Within TLS 1.2's handshake; with TLS 1.3 the refusal may come after the request, as a reset.
    const strict = await listen(localhost, { ca: authority.cert, requestCert: true, maxVersion: 'TLSv1.2' });
    const unknown = await wire({ ca: authority.cert }).once({ port: strict.port, secure: true });
    expect(unknown.error).toBe('TlsError: alert handshake failure');
    const later = await wire({ ca: authority.cert }).once({ port: server.port, secure: true });
    expect(later.error).toMatch(/^(TlsError: alert certificate required|ConnectionReset)$/);
  });

  it('tells a server that speaks plain HTTP, and one that speaks HTTP/2 only', async () => {
    // Any HTTP server answers the first bytes of the handshake like this.
    const port = await listenRaw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'));
    const exchange = await wire({ insecure: true }).once({ port, secure: true });
    expect(exchange.error).toBe('TlsError: wrong version number');
    const http2Only = await listen(localhost, { ALPNProtocols: ['h2'] });
    const refused = await wire({ ca: authority.cert }).once({ port: http2Only.port, secure: true });
    expect(refused.error).toBe('TlsError: alert no application protocol');
  });

  it('tells a handshake that the server breaks off', async () => {
    const port = await listenRaw((socket) => socket.destroy());
    const exchange = await wire({}).once({ port, secure: true });
    expect(exchange.error).toBe('ConnectionReset');
    expect(exchange.errorDetail).toContain('TLS handshake');
  });

  it.each(['TLSv1.2', 'TLSv1.3'])(
    'resumes the session of a node that connects again, not that of another node (%s)',
    async (version) => {
      const reused: boolean[] = [];
      const server = await RawServer.listen(
        (_request, socket) => {
          if (socket instanceof TLSSocket) reused.push(socket.isSessionReused());
          socket.write(okResponse());
        },
        { tls: { ...localhost, minVersion: version as 'TLSv1.2', maxVersion: version as 'TLSv1.2' } },
      );
      servers.push(server);
      const { client } = wire({ ca: authority.cert }, { keepAlive: false });
      const [one, another] = [client.openChannel(), client.openChannel()];
      for (const channel of [one, one, another, one]) {
        expect(await sendOn(channel, { port: server.port, secure: true, hostname: 'localhost' })).toMatchObject({ error: null });
      }
      expect(reused).toEqual([false, true, false, true]);
    },
  );

  it('sends again on a new connection when the server closed a kept one', async () => {
    const server = await RawServer.listen(
      (request, socket) => {
        if (request.connection === 0 && request.index === 1) socket.destroy();
        else socket.write(okResponse());
      },
      { tls: localhost },
    );
    servers.push(server);
    const channel = wire({ ca: authority.cert }).client.openChannel();
    await sendOn(channel, { port: server.port, secure: true });
    const second = await sendOn(channel, { port: server.port, secure: true });
    expect(second).toMatchObject({ error: null, resent: 1 });
  });

  it('refuses certificates and keys that cannot be read, with a sentence', () => {
    expect(() => wire({ ca: 'no PEM', cert: 'no PEM', key: 'no PEM' })).toThrow(
      /TLS certificates or key of the target cannot be used/,
    );
  });
});
