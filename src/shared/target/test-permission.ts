import { isOwnAddress } from './address-scope';
import { parseUrl } from './parse-url';

/**
 * A host as it is confirmed and compared, from a name, an address or a URL: as the URL parser writes it (lower case, `0x7f.1` as `127.0.0.1`,
 * international names in ASCII), without brackets and without the dot of the root. null when it is no host.
 */
export function hostOf(text: string): string | null {
  const trimmed = text.trim();
  const isAddress = /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(trimmed) && parseUrl(`http://[${trimmed}]/`) !== null;
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${isAddress ? `[${trimmed}]` : trimmed}/`);
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return host ? host : null;
}

/**
 * Who may be sent load: addresses of the user's own network always, others only under a host that the user has confirmed. What a name
 * resolves to decides, not how it looks.
 */
export class TestPermission {
  private readonly confirmed: ReadonlySet<string>;

  /** @param confirmed hosts that the user has confirmed, in any form that `hostOf` reads */
  constructor(confirmed: Iterable<string>) {
    this.confirmed = new Set([...confirmed].map(hostOf).filter((host) => host !== null));
  }

  /** Whether the user has confirmed this host, whatever it resolves to. */
  isConfirmed(hostname: string): boolean {
    const host = hostOf(hostname);
    return host !== null && this.confirmed.has(host);
  }

  /** Those of a host's addresses that may be reached. */
  reachable(hostname: string, addresses: readonly string[]): readonly string[] {
    if (this.isConfirmed(hostname)) return addresses;
    return addresses.every(isOwnAddress) ? addresses : addresses.filter(isOwnAddress);
  }
}
