import { WHY, type Why } from './malformed-why';

/**
 * The stable names of what can go wrong between here and the backend. Scripts and stored runs rely on them: they do not change
 * with Node, undici or the operating system.
 */
export const ERROR_NAMES = {
  connectionRefused: 'ConnectionRefused',
  /** Reset, or closed before the answer was complete. */
  connectionReset: 'ConnectionReset',
  connectTimeout: 'ConnectTimeout',
  responseTimeout: 'ResponseTimeout',
  dns: 'DnsError',
  /** A redirect or a name led to somebody's host that the user has not confirmed; nothing was sent there. */
  notAllowed: 'NotAllowed',
  networkUnreachable: 'NetworkUnreachable',
  /** No free port at the source address, or the source address is not of this machine. */
  addressNotAvailable: 'AddressNotAvailable',
  tooManyOpenFiles: 'TooManyOpenFiles',
  /** Anything else that the operating system reports. */
  network: 'NetworkError',
  /** More than the request follows. */
  tooManyRedirects: 'TooManyRedirects',
} as const;

/** Why a proxy opened no tunnel. */
export const PROXY_WHY = {
  closed: 'closed',
  malformedAnswer: 'malformed answer',
  /** With the status of its answer. */
  status: (status: number) => `HTTP ${status}` as const,
} as const;
/** The fixed set behind `ProxyError: <why>`. */
export type ProxyWhy = StringOf<(typeof PROXY_WHY)[keyof typeof PROXY_WHY]>;

/** The names of answers that came and are not as expected. */
export const UNEXPECTED = {
  status: (status: number) => `HTTP ${status}` as const,
  latency: 'Expectation: latency',
  header: (name: string) => `Expectation: header ${name}` as const,
  bodyContains: 'Expectation: body contains',
  bodyJson: (path: string) => `Expectation: body json ${path}` as const,
} as const;

type StringOf<T> = T extends (...args: never[]) => infer R ? R : T;

/** Every name that a failed request can have: what docs/troubleshooting.md lists. */
export type ErrorName =
  | (typeof ERROR_NAMES)[keyof typeof ERROR_NAMES]
  | `TlsError: ${string}`
  | `MalformedResponse: ${Why}`
  | `ProxyError: ${ProxyWhy}`
  | StringOf<(typeof UNEXPECTED)[keyof typeof UNEXPECTED]>;

/** The name of a TLS handshake that failed. */
function tlsErrorName(why: string): `TlsError: ${string}` {
  return `TlsError: ${why}`;
}

/** The name of an answer that breaks the protocol. */
export function malformedResponseName(why: Why): `MalformedResponse: ${Why}` {
  return `MalformedResponse: ${why}`;
}

const NAMES_BY_CODE: Record<string, ErrorName> = {
  ECONNREFUSED: ERROR_NAMES.connectionRefused,
  ECONNRESET: ERROR_NAMES.connectionReset,
  ECONNABORTED: ERROR_NAMES.connectionReset,
  EPIPE: ERROR_NAMES.connectionReset,
  ERR_STREAM_PREMATURE_CLOSE: ERROR_NAMES.connectionReset,
  ERR_HTTP2_STREAM_ERROR: ERROR_NAMES.connectionReset,
  ERR_HTTP2_SESSION_ERROR: ERROR_NAMES.connectionReset,
  UND_ERR_SOCKET: ERROR_NAMES.connectionReset,
  UND_ERR_CLOSED: ERROR_NAMES.connectionReset,
  ETIMEDOUT: ERROR_NAMES.connectTimeout,
  UND_ERR_CONNECT_TIMEOUT: ERROR_NAMES.connectTimeout,
  UND_ERR_HEADERS_TIMEOUT: ERROR_NAMES.responseTimeout,
  UND_ERR_BODY_TIMEOUT: ERROR_NAMES.responseTimeout,
  EHOSTUNREACH: ERROR_NAMES.networkUnreachable,
  ENETUNREACH: ERROR_NAMES.networkUnreachable,
  EHOSTDOWN: ERROR_NAMES.networkUnreachable,
  ENETDOWN: ERROR_NAMES.networkUnreachable,
  EADDRNOTAVAIL: ERROR_NAMES.addressNotAvailable,
  EADDRINUSE: ERROR_NAMES.addressNotAvailable,
  EMFILE: ERROR_NAMES.tooManyOpenFiles,
  ENFILE: ERROR_NAMES.tooManyOpenFiles,
  ENOTFOUND: ERROR_NAMES.dns,
  ERR_NOT_ALLOWED: ERROR_NAMES.notAllowed,
  UND_ERR_HEADERS_OVERFLOW: malformedResponseName(WHY.headTooLarge),
  UND_ERR_RES_EXCEEDED_MAX_SIZE: malformedResponseName(WHY.bodyTooLarge),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: malformedResponseName(WHY.bodyLength),
};

/** Why a certificate or a handshake was refused, as far as it is told apart; else in OpenSSL's words. */
export const TLS_WHY_BY_CODE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate expired',
  CERT_NOT_YET_VALID: 'certificate not yet valid',
  CERT_REVOKED: 'certificate revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'hostname mismatch',
  HOSTNAME_MISMATCH: 'hostname mismatch',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify',
  UNABLE_TO_GET_ISSUER_CERT: 'unable to verify',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to verify',
  CERT_UNTRUSTED: 'unable to verify',
  INVALID_CA: 'unable to verify',
  INVALID_PURPOSE: 'unable to verify',
  CERT_CHAIN_TOO_LONG: 'unable to verify',
  PATH_LENGTH_EXCEEDED: 'unable to verify',
  CERT_SIGNATURE_FAILURE: 'unable to verify',
  CERT_REJECTED: 'unable to verify',
  EPROTO: 'protocol error',
};

/** Why a TLS 1.2 connection broke whose server took no for no answer. */
export const RENEGOTIATION_REFUSED = 'renegotiation refused';

const HANDSHAKE_FAILED = tlsErrorName('alert handshake failure');

/** What Node makes of OpenSSL's reasons: `ERR_SSL_WRONG_VERSION_NUMBER`, `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE`. */
const OPENSSL_CODE = /^ERR_SSL_(?:(?:SSLV3|TLSV1|TLSV13|SSL\/TLS)_ALERT_(?<alert>.+)|(?<why>.+))$/;

/** The stable name of an error that a socket, a lookup, TLS or undici reported. */
export function nameOfError(error: unknown): ErrorName {
  const cause = rootOf(error);
  const code = codeOf(cause);
  if (isLookup(cause)) return ERROR_NAMES.dns;
  const name = NAMES_BY_CODE[code];
  if (name) return name;
  const why = tlsWhy(code);
  if (why) return tlsErrorName(why);
  if (code.startsWith('EAI_')) return ERROR_NAMES.dns;
  // What breaks HTTP/2 itself, in frames. Streams and sessions that the backend ends have their names above.
  if (code.startsWith('HPE_') || code.startsWith('ERR_HTTP2_')) return malformedResponseName(WHY.answer);
  return ERROR_NAMES.network;
}

/**
 * The stable name of what broke a connection after its handshake; `protocol`: its version of TLS, null without. Up to TLS 1.2 a server speaks of a
 * failed handshake then only when it asked for another one, which is refused (`target-tls.ts`).
 */
export function nameOfBreak(error: unknown, protocol: string | null): ErrorName {
  const name = nameOfError(error);
  const isRefusal = name === HANDSHAKE_FAILED && protocol !== null && protocol !== 'TLSv1.3';
  return isRefusal ? tlsErrorName(RENEGOTIATION_REFUSED) : name;
}

/** One sentence on what exactly went wrong, from the same kinds of error. */
export function describeError(error: unknown): string {
  const cause = rootOf(error);
  return cause instanceof Error && cause.message ? cause.message : String(cause);
}

/**
 * What the generator itself has run out of when this error comes: file descriptors or ports. A source address that is not of
 * this machine (EADDRNOTAVAIL of `bind`) is neither.
 */
export function exhaustedBy(error: unknown): 'files' | 'ports' | null {
  const cause = rootOf(error);
  switch (codeOf(cause)) {
    case 'EMFILE':
    case 'ENFILE':
      return 'files';
    case 'EADDRINUSE':
      return 'ports';
    case 'EADDRNOTAVAIL':
      return syscallOf(cause) === 'bind' ? null : 'ports';
    default:
      return null;
  }
}

/** The error behind: undici wraps, node bundles the failures of several addresses. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error && codeOf(error) === '') return rootOf(error.cause);
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function syscallOf(error: unknown): string {
  return error instanceof Error && 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
}

function isLookup(error: unknown): boolean {
  const syscall = syscallOf(error);
  return syscall === 'getaddrinfo' || syscall.startsWith('query');
}

function tlsWhy(code: string): string | null {
  const known = TLS_WHY_BY_CODE[code];
  if (known) return known;
  const groups = OPENSSL_CODE.exec(code)?.groups;
  if (groups?.alert) return `alert ${wordsOf(groups.alert)}`;
  return groups?.why ? wordsOf(groups.why) : null;
}

function wordsOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}
