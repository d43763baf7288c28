import { CookieJar } from 'tough-cookie';
import { toBinaryString } from './binary-string';
import { headerValues, withoutHeaders } from './header-lines';

/** The cookies of one node (RFC 6265). Costs nothing until the node is given its first. */
export class NodeCookies {
  private jar: CookieJar | null = null;

  /** Keeps what an answer from `url` sets; a cookie that the rules reject (foreign domain, public suffix) is left out. */
  store(responseHead: string, url: string): void {
    for (const cookie of headerValues(responseHead, 'set-cookie')) {
      this.jar ??= new CookieJar(undefined, { rejectPublicSuffixes: true, allowSpecialUseDomain: true });
      this.jar.setCookieSync(cookie, url, { ignoreError: true });
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
}
