import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
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
 * must be this very server, and the API takes only those who know the token.
 */
export class Access {
  private readonly tokenDigest: Buffer;

  /** `host`: what the server is bound to; `port`: where it listens. */
  constructor(
    token: string,
    private readonly host: string,
    private readonly port: number,
  ) {
    this.tokenDigest = digest(token);
  }

  /** Why a request comes from where none should; null when it may go on. */
  refusalOf({ headers }: IncomingMessage): Exclude<Refusal, 'token'> | null {
    const { host, origin } = headers;
    if (host === undefined || !this.isOwnHost(host)) return 'host';
    return origin === undefined || origin === `http://${host}` ? null : 'origin';
  }

  /** Whether an `authorization` header holds the token. */
  isAuthorized({ headers }: IncomingMessage): boolean {
    const [, token] = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '') ?? [];
    return token !== undefined && this.isToken(token);
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
