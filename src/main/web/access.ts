import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import { hostname } from 'node:os';

/** A new key to a session: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether an address or name can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** Why a request is not let in. */
export type Refusal = 'host' | 'origin' | 'token';

/**
 * Who is let in. A page of another site can make a browser send requests here, also under a name of its own that it points to this
 * address (DNS rebinding): so the Host header must be an address or name that no site can take, the Origin header, where there is one,
 * must be this very server, and nothing is served but to those who know the token.
 *
 * Scripts of the page say it in a header. What a browser asks for by itself (the page and its parts, downloads) carries a cookie instead,
 * which whoever opened the link has been given. Browsers send cookies to every port of a machine, so that other servers on it see this one:
 * it is not the token, opens only files, and its name holds the port, so that two servers do not take each other's.
 */
export class Access {
  private readonly tokenDigest: Buffer;
  private readonly cookieName: string;
  private readonly cookieValue: string;

  /** `host`: what the server is bound to; `port`: where it listens. */
  constructor(
    token: string,
    private readonly host: string,
    private readonly port: number,
  ) {
    this.tokenDigest = digest(token);
    this.cookieName = `nodeswarm-${port}`;
    this.cookieValue = createHmac('sha256', token).update('files').digest('base64url');
  }

  /** Why a request comes from where none should; null when it may go on. */
  refusalOf({ headers, headersDistinct }: IncomingMessage): Exclude<Refusal, 'token'> | null {
    const { host, origin } = headers;
    // Of two, Node looks at the first and others at the last.
    if (host === undefined || headersDistinct.host?.length !== 1 || !this.isOwnHost(host)) return 'host';
    return origin === undefined || origin === `http://${host}` ? null : 'origin';
  }

  /** Whether an `authorization` header holds the token. */
  isAuthorized({ headers }: IncomingMessage): boolean {
    const [, token] = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '') ?? [];
    return token !== undefined && this.isToken(token);
  }

  /** Whether a request may have files: by the token in its `authorization` header, or by the cookie. */
  mayHaveFiles(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const prefix = `${this.cookieName}=`;
    const isOwn = (cookie: string) =>
      cookie.startsWith(prefix) && timingSafeEqual(digest(cookie.slice(prefix.length)), digest(this.cookieValue));
    return this.isAuthorized(request) || cookies.some(isOwn);
  }

  /** The `set-cookie` header for a browser that has opened the link. It ends with the browser; scripts and other sites cannot use it. */
  get setCookie(): string {
    return `${this.cookieName}=${this.cookieValue}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** In constant time, whatever the length. */
  isToken(token: string): boolean {
    return timingSafeEqual(digest(token), this.tokenDigest);
  }

  private isOwnHost(header: string): boolean {
    const [, name = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(header.toLowerCase()) ?? [];
    if (Number(port ?? 80) !== this.port) return false;
    const bare = name.replace(/^\[(.*)\]$/, '$1');
    if (isLoopback(bare)) return true;
    // Reachable from elsewhere: by address, which cannot be rebound, by this machine's name, or by the name it was bound to.
    return !isLoopback(this.host) && (isIP(bare) !== 0 || bare === hostname().toLowerCase() || bare === this.host.toLowerCase());
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
