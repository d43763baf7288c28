// Chromium without Electron knows no schemes of an app's own. Their addresses are shown to the page as https addresses of a host that
// exists nowhere, and to main as what they stand for. Both kinds are parsed by the same rules, so dots, escapes and queries behave alike;
// what differs is the text of `location` and `origin` in the page.

const SUFFIX = '.electron-stand-in.test';

/** `app://nodeswarm/x` as the page sees it. Addresses of the web's own schemes stay what they are. */
export function toPageAddress(address: string): string {
  const url = new URL(address);
  if (['https:', 'http:', 'data:', 'about:', 'file:', 'chrome:'].includes(url.protocol)) return address;
  return address.replace(`${url.protocol}//${url.host}`, `https://${url.host}.${url.protocol.slice(0, -1)}${SUFFIX}`);
}

/** The other way round. */
export function toMainAddress(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !url.host.endsWith(SUFFIX)) return address;
  const named = url.host.slice(0, -SUFFIX.length);
  const dot = named.lastIndexOf('.');
  return address.replace(`https://${url.host}`, `${named.slice(dot + 1)}://${named.slice(0, dot)}`);
}
