import type { Origin } from './http-exchange';

/** The origin of an http or https URL; an IPv6 address without its brackets. */
export function originOf(url: URL): Origin {
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { secure, hostname, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port) };
}

/** `https://host:8443`; the port is left out when it is the scheme's own. Also a key: equal origins have equal texts. */
export function originText(origin: Origin): string {
  return `${origin.secure ? 'https' : 'http'}://${hostText(origin)}`;
}

/** The value of a `host` header: the port is left out when it is the scheme's own. */
export function hostText({ secure, hostname, port }: Origin): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return port === (secure ? 443 : 80) ? host : `${host}:${port}`;
}

/** Whether two requests may share a connection, and headers that are meant for one place. */
export function sameOrigin(a: Origin, b: Origin): boolean {
  return a === b || (a.port === b.port && a.hostname === b.hostname && a.secure === b.secure);
}
