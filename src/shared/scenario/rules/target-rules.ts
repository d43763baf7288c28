import { baseUrlFault, isIpAddress, proxyUrlFault, type UrlFault } from '../http-syntax';
import { hasPlaceholder } from '../placeholder';
import { type ProblemReport, quote } from '../problem';
import type { Target } from '../schema';
import { checkHeaders } from './header-rules';

const BASE_URL = 'an address such as http://127.0.0.1:8090 or https://example.com/api';

const BASE_URL_FAULTS: Record<UrlFault, [message: string, expected: string]> = {
  placeholder: ['placeholders do not work here', BASE_URL],
  form: ['this is not an http or https URL', BASE_URL],
  query: ['a query (?) or fragment (#) is not allowed in the base URL', `${BASE_URL}; query parameters belong in the requests`],
  user: ['a user name or password is not allowed in the base URL', `${BASE_URL}; user and password belong in "auth"`],
  path: ['a path is not allowed here', BASE_URL],
  escape: ['this has a % that does not begin an escape', BASE_URL],
};

const PROXY_FAULTS: Record<UrlFault, string> = {
  placeholder: 'placeholders do not work here',
  form: 'this is not an http or https URL',
  query: 'a query (?) or fragment (#) is not allowed in a proxy',
  user: 'a user is not allowed here',
  path: 'a path is not allowed in a proxy',
  escape: 'user name or password have a % that does not begin an escape; a % itself is written %25',
};

/** The backend and how it is reached. */
export function checkTarget(target: Target, report: ProblemReport): void {
  const fault = baseUrlFault(target.baseUrl);
  if (fault) {
    const [message, expected] = BASE_URL_FAULTS[fault];
    const isMissing = target.baseUrl.trim() === '';
    // Not repeated where it may hold a password or a key: what is said here ends up in logs.
    const shown = /[@?]/.test(target.baseUrl) ? '' : `: ${quote(target.baseUrl)}`;
    report.error(['target', 'baseUrl'], isMissing ? 'the address of the backend is missing' : `${message}${shown}`, expected);
  }
  const secure = /^https:/i.test(target.baseUrl);
  checkHttpVersion(target, secure, report);
  checkTls(target, secure || fault !== null, report);
  checkAuth(target, report);
  checkHeaders(target.headers, ['target', 'headers'], report);
  if (target.connection === 'per-node' && target.poolSize !== 64) {
    report.warn(['target', 'poolSize'], 'this has no effect with the connection "per-node"', '"connection": "shared"');
  }
  for (const [index, address] of target.localAddresses.entries()) {
    if (isIpAddress(address)) continue;
    const message = `${quote(address)} is not an IP address`;
    report.error(['target', 'localAddresses', index], message, 'an address of this machine, such as 192.168.1.20');
  }
}

function checkHttpVersion({ http, proxy }: Target, secure: boolean, report: ProblemReport): void {
  if (proxy !== undefined) {
    const fault = proxyUrlFault(proxy);
    // The proxy itself is not repeated: it may hold a password.
    if (fault) report.error(['target', 'proxy'], PROXY_FAULTS[fault], 'an address such as http://proxy:3128');
  }
  if (http === '2' && !secure) {
    report.error(['target', 'http'], 'HTTP/2 needs a base URL with https', '"auto" or "1.1", or an https base URL');
  }
}

function checkTls({ tls }: Target, secure: boolean, report: ProblemReport): void {
  if (tls.certFile !== undefined && tls.keyFile === undefined) {
    report.error(['target', 'tls', 'keyFile'], 'this is required with "certFile"', 'the PEM file of the private key');
  }
  if (tls.keyFile !== undefined && tls.certFile === undefined) {
    report.error(['target', 'tls', 'certFile'], 'this is required with "keyFile"', 'the PEM file of the certificate');
  }
  const given = Object.values(tls).some((value) => value !== undefined && value !== false);
  if (given && !secure) report.warn(['target', 'tls'], 'this has no effect on a base URL with http', 'a base URL with https');
}

function checkAuth({ auth, headers }: Target, report: ProblemReport): void {
  if (!auth) return;
  const path = ['target', 'auth'];
  const own = Object.keys(headers).find((name) => name.toLowerCase() === 'authorization');
  if (own !== undefined) {
    report.error(['target', 'headers', own], 'this header and "auth" cannot both be there', 'one of the two');
  }
  if (auth.kind === 'basic' && auth.username.includes(':') && !hasPlaceholder(auth.username)) {
    report.error([...path, 'username'], 'a user name cannot contain a colon', 'a name without ":"');
  }
  const [key, text] = auth.kind === 'basic' ? ['password', auth.password] : ['token', auth.token];
  if (text !== '' && !hasPlaceholder(text)) {
    report.warn([...path, key], 'this is kept in plain text in the document', 'a secret: {{secret.NAME}}');
  }
}
