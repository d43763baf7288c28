import { CookieJar } from 'tough-cookie';
import { toBinaryString } from './binary-string';
import { headerValues, withoutHeaders } from './header-lines';

/** As browsers do: a backend that gives a new cookie with each answer must not fill the memory. */
const MAX_COOKIES = 180;
const MAX_COOKIE_CHARACTERS = 4096;

/** The cookies of one node (RFC 6265), the newest of them where they are too many. Costs nothing until the node is given its first. */
export class NodeCookies {
  private jar: CookieJar | null = null;
  /** At most as many cookies are in the jar. */
  private atMost = 0;

  /** Keeps what an answer from `url` sets; a cookie that the rules reject (foreign domain, public suffix) is left out. */
  store(responseHead: string, url: string): void {
    for (const cookie of headerValues(responseHead, 'set-cookie')) {
      if (cookie.length > MAX_COOKIE_CHARACTERS) continue;
      this.jar ??= new CookieJar(undefined, { rejectPublicSuffixes: true, allowSpecialUseDomain: true });
      this.jar.setCookieSync(cookie, url, { ignoreError: true });
      if (++this.atMost > 2 * MAX_COOKIES) this.dropOldest(this.jar);
    }
  }

  /** Request header lines with the cookies for `url`, behind any that the request brings itself. */
  addTo(headerLines: string, url: string): string {
    const cookies = this.jar?.getCookieStringSync(url) ?? '';
    if (cookies === '') return headerLines;
    const own = headerValues(headerLines, 'cookie');
    const lines = own.length === 0 ? headerLines : withoutHeaders(headerLines, ['cookie']);
    return `${lines}cookie: ${toBinaryString([...own, cookies].join('; '))}\r\n`;
  }
  private dropOldest(jar: CookieJar): void {
    const serialized = jar.serializeSync();
    if (!serialized) return;
    // In the order in which they were made.
    const cookies = serialized.cookies.slice(-MAX_COOKIES);
    this.jar = CookieJar.deserializeSync({ ...serialized, cookies });
    this.atMost = cookies.length;
  }
}
