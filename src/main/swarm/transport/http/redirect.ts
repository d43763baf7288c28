import { CREDENTIAL_HEADERS } from '../../../../shared/scenario/without-credentials';
import { fromBinaryString } from './binary-string';
import { headerValues, withoutHeaders } from './header-lines';
import type { HttpExchange } from './http-exchange';
import { hostText, originOf, originText, sameOrigin } from './origin';
import type { SecretMask } from './secret-mask';

/** Statuses that send a client elsewhere. 300 and 304 do not. */
export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** Headers that describe a body, dropped with it. */
const BODY_HEADERS = ['content-type', 'content-encoding', 'content-language', 'content-location'];

/**
 * Where a redirect leads: null when the answer names no place (then it is an answer like any other), `'bad location'` when the place
 * is no http or https URL.
 */
export function redirectTarget(exchange: HttpExchange): URL | null | 'bad location' {
  const [location] = headerValues(exchange.responseHead, 'location');
  if (location === undefined) return null;
  const url = URL.parse(location, `${originText(exchange.origin)}${exchange.path}`);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : 'bad location';
}

/**
 * Makes the exchange the next request of a chain, with the method and body that the fetch standard prescribes (HTTP-redirect fetch, steps 12
 * to 14): 303 turns everything but HEAD into GET, 301 and 302 only POST, 307 and 308 nothing. Headers that hold credentials or a secret are
 * meant for the origin of the target and stay there.
 */
export function rewriteForRedirect(exchange: HttpExchange, status: number, url: URL, secrets: SecretMask): void {
  const { method } = exchange;
  const becomesGet =
    ((status === 301 || status === 302) && method === 'POST') || (status === 303 && method !== 'GET' && method !== 'HEAD');
  if (becomesGet) {
    exchange.method = 'GET';
    exchange.body = null;
    exchange.headerLines = withoutHeaders(exchange.headerLines, BODY_HEADERS);
  }
  const origin = originOf(url);
  if (!sameOrigin(origin, exchange.origin)) {
    const kept = withoutHeaders(exchange.headerLines, ['host', ...CREDENTIAL_HEADERS]).split('\r\n');
    const harmless = kept.filter((line) => !secrets.isIn(fromBinaryString(line))).join('\r\n');
    exchange.headerLines = `host: ${hostText(origin)}\r\n${harmless}`;
    exchange.origin = origin;
  }
  exchange.path = url.pathname + url.search;
}

/** The URL of an exchange's request. */
export function urlOf(exchange: HttpExchange): string {
  return originText(exchange.origin) + fromBinaryString(exchange.path);
}
