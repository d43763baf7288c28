import { lookup } from 'node:dns';
import { connect } from 'node:net';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { describeError, exhaustedBy, nameOfError } from '../../../../../src/main/swarm/transport/http/error-names';
import { RawServer } from '../../../../support/raw-server';

/** An error as Node makes them. */
function nodeError(code: string, syscall?: string): Error {
  return Object.assign(new Error(`${syscall ?? ''} ${code}`), { code, syscall });
}

describe('nameOfError', () => {
  it.each([
    ['ECONNREFUSED', 'ConnectionRefused'],
    ['ECONNRESET', 'ConnectionReset'],
    ['EPIPE', 'ConnectionReset'],
    ['ETIMEDOUT', 'ConnectTimeout'],
    ['ENETUNREACH', 'NetworkUnreachable'],
    ['EHOSTUNREACH', 'NetworkUnreachable'],
    ['EADDRNOTAVAIL', 'AddressNotAvailable'],
    ['EMFILE', 'TooManyOpenFiles'],
    ['ENFILE', 'TooManyOpenFiles'],
    ['ENOTFOUND', 'DnsError'],
    ['EAI_AGAIN', 'DnsError'],
    ['CERT_HAS_EXPIRED', 'TlsError: certificate expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TlsError: self-signed certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TlsError: hostname mismatch'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TlsError: unable to verify'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TlsError: wrong version number'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'TlsError: alert unknown ca'],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'TlsError: alert handshake failure'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'TlsError: alert handshake failure'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'TlsError: alert certificate required'],
    ['UND_ERR_CONNECT_TIMEOUT', 'ConnectTimeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'ResponseTimeout'],
    ['UND_ERR_BODY_TIMEOUT', 'ResponseTimeout'],
    ['UND_ERR_SOCKET', 'ConnectionReset'],
    ['HPE_INVALID_CONSTANT', 'MalformedResponse: invalid answer'],
    ['E_OF_ANOTHER_WORLD', 'NetworkError'],
  ])('%s is %s', (code, name) => {
    expect(nameOfError(nodeError(code))).toBe(name);
  });

  it('names what a real lookup and a real socket report', async () => {
    const unknownHost = await new Promise((resolve) => lookup('no-such-host.invalid', resolve));
    expect(nameOfError(unknownHost)).toBe('DnsError');
    const server = await RawServer.listen(() => {});
    const { port } = server;
    await server.close();
    const refused = await new Promise((resolve) => connect(port, '127.0.0.1').once('error', resolve));
    expect(nameOfError(refused)).toBe('ConnectionRefused');
    expect(describeError(refused)).toContain('ECONNREFUSED');
  });

  it('looks behind what undici and Node wrap around', async () => {
    const server = await RawServer.listen((_request, socket) => socket.destroy());
    const closed = await request(`http://127.0.0.1:${server.port}/`).catch((error: unknown) => error);
    expect(nameOfError(closed)).toBe('ConnectionReset');
    await server.close();
    const both = new AggregateError([nodeError('ECONNREFUSED'), nodeError('ECONNREFUSED')]);
    expect(nameOfError(both)).toBe('ConnectionRefused');
    expect(nameOfError(new TypeError('fetch failed', { cause: nodeError('ENETUNREACH') }))).toBe('NetworkUnreachable');
  });

  it('has a name even for what is no error', () => {
    expect(nameOfError('odd')).toBe('NetworkError');
    expect(nameOfError(null)).toBe('NetworkError');
    expect(describeError('odd')).toBe('odd');
  });
});

describe('exhaustedBy', () => {
  it.each([
    [nodeError('EMFILE', 'connect'), 'files'],
    [nodeError('ENFILE', 'connect'), 'files'],
    [nodeError('EADDRNOTAVAIL', 'connect'), 'ports'],
    [nodeError('EADDRINUSE', 'bind'), 'ports'],
    [nodeError('EADDRNOTAVAIL', 'bind'), null],
    [nodeError('ECONNREFUSED', 'connect'), null],
    ['odd', null],
  ])('%s: %s', (error, exhausted) => {
    expect(exhaustedBy(error)).toBe(exhausted);
  });
});
