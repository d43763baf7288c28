import { parseUrl } from './parse-url';

/**
 * Whether an IP address belongs to the user's own network: this machine (loopback, and the unspecified address, which reaches it), a private network
 * (RFC 1918, unique local RFC 4193) or the link (RFC 3927, RFC 4291). An IPv4 address within an IPv6 one (`::ffff:10.0.0.1`) counts
 * as what it is. Everything else is somebody's; so is a text that is no address.
 */
export function isOwnAddress(address: string): boolean {
  const octets = ipv4Octets(address);
  if (octets) return isOwnIpv4(octets);
  const groups = ipv6Groups(address);
  return groups !== null && isOwnIpv6(groups);
}

function isOwnIpv4([a = 0, b = 0, c = 0, d = 0]: readonly number[]): boolean {
  if (a === 0) return b === 0 && c === 0 && d === 0;
  if (a === 127 || a === 10) return true;
  return (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
}

function isOwnIpv6(groups: readonly number[]): boolean {
  const [first = 0] = groups;
  const zerosBefore = groups.findIndex((group) => group !== 0);
  // `::` and `::1`.
  if (zerosBefore === -1 || (zerosBefore === 7 && groups[7] === 1)) return true;
  const [high = 0, low = 0] = groups.slice(6);
  if (zerosBefore === 5 && groups[5] === 0xffff) return isOwnIpv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  // fc00::/7 and fe80::/10.
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80;
}

/** The four parts of an address in the only form that resolvers and URL parsers give out; null for anything else. */
function ipv4Octets(text: string): number[] | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) ? parts : null;
}

/** The eight groups of an IPv6 address, without brackets, a zone (`%eth0`) allowed; null for anything else. */
function ipv6Groups(text: string): number[] | null {
  const address = text.replace(/%.*$/, '');
  if (!address.includes(':')) return null;
  // The URL parser knows every way to write one.
  const host = parseUrl(`http://[${address}]/`)?.hostname.slice(1, -1);
  if (host === undefined) return null;
  const [before = '', after] = host.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const head = before === '' ? [] : before;
  const tail = after ?? [];
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}
