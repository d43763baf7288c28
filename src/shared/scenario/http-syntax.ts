/** `URL` is there in every host of JavaScript, but the ECMAScript library that `src/shared` is typed against does not know it. */
declare const URL: {
  canParse(text: string): boolean;
  new (text: string): { username: string; password: string; pathname: string };
};

/** Whether a text is an HTTP token (RFC 9110 section 5.6.2), as the names of headers are. */
export function isHttpToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

/** The first character of a text that a header value must not hold: a control character other than tab (RFC 9110 section 5.5). null when fine. */
export function badHeaderCharacter(text: string): string | null {
  return /(?!\t)\p{Cc}/u.exec(text)?.[0] ?? null;
}

/** The first character of a path that cannot be meant: a control character, or the `#` of a fragment, which is never sent. null when fine. */
export function badPathCharacter(text: string): string | null {
  return /[\p{Cc}#]/u.exec(text)?.[0] ?? null;
}

/** Whether a text is an IPv4 or IPv6 address, without brackets or zone. */
export function isIpAddress(text: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  return /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text) && URL.canParse(`http://[${text}]`);
}

/** What is wrong with an http(s) URL. */
export type UrlFault = 'placeholder' | 'form' | 'query' | 'user' | 'path' | 'escape';

/** What is wrong with the address of a target: it may have a path, but no user, query or fragment. null when fine. */
export function baseUrlFault(text: string): UrlFault | null {
  const fault = urlFault(text);
  if (fault) return fault;
  const { username, password } = new URL(text);
  return username || password ? 'user' : null;
}

/** What is wrong with the address of a proxy: it may have a user, but no path, query or fragment. null when fine. */
export function proxyUrlFault(text: string): UrlFault | null {
  const fault = urlFault(text);
  if (fault) return fault;
  const { pathname, username, password } = new URL(text);
  if (pathname !== '/') return 'path';
  return isDecodable(username) && isDecodable(password) ? null : 'escape';
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function urlFault(text: string): UrlFault | null {
  if (text.includes('{{')) return 'placeholder';
  // The URL parser forgives far more than a user means: white space, backslashes, missing or many slashes.
  if (!/^https?:\/\/[^/\\\s?#][^\\\s]*$/i.test(text)) return 'form';
  if (/[?#]/.test(text)) return 'query';
  return URL.canParse(text) ? null : 'form';
}
