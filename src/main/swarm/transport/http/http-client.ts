import type { Channel } from '../transport';
import type { HttpExchange } from './http-exchange';

/**
 * What carries single HTTP requests over sockets: `wire` for HTTP/1.1 (the hot path), `undici` for HTTP/2 and proxies.
 * Redirects, cookies and expectations are above it, in `http-transport.ts`.
 */
export interface HttpClient {
  openChannel(nodeIndex: number): Channel<HttpExchange>;
  readonly openSockets: number;
  takeExhausted(): 'files' | 'ports' | null;
  destroy(): void;
}

/** Everything a client needs to know of the target, resolved: PEM texts instead of file names. */
export interface HttpClientOptions {
  connection: 'per-node' | 'shared';
  /** This shard's part of the pool, when shared. */
  poolSize: number;
  keepAlive: boolean;
  connectTimeoutUs: number;
  maxHeaderBytes: number;
  maxBodyBytes: number;
  localAddresses: string[];
  /** Hosts beyond the user's own network that may be sent load. */
  mayTest: readonly string[];
  /** null: system proxyless connection. */
  proxy: string | null;
  tls: { ca: string | null; cert: string | null; key: string | null; insecure: boolean; serverName: string | null };
}
