import { connect, isIP, type LookupFunction, Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { TestPermission } from '../../../../../shared/target/test-permission';
import type { RunClock } from '../../../clock';
import { Timer, type TimerWheel } from '../../../schedule/timer-wheel';
import type { HttpClientOptions } from '../http-client';
import type { Origin } from '../http-exchange';
import { NotAllowedError } from '../not-allowed-error';
import { originOf } from '../origin';
import { createTargetContext } from '../target-tls';
import { NameResolver } from '../wire/name-resolver';
import { openTunnel } from './proxy-tunnel';

/** What a dialler needs beyond the options that every client has. */
export interface DialOptions extends HttpClientOptions {
  /** Speak HTTP/2 and nothing else over TLS. */
  http2: boolean;
}

/** What came of a dial; times in us. */
export interface DialListener {
  dialled(socket: Socket, connectUs: number, tlsUs: number): void;
  dialFailed(error: Error): void;
}

/** A proxy, resolved. */
export interface Proxy {
  origin: Origin;
  /** Value of `proxy-authorization`; null without credentials in the URL. */
  authorization: string | null;
}

/** Opens sockets to origins: TCP, through the proxy where there is one, TLS on top; counts those that are open. */
export class Dialler {
  openSockets = 0;
  readonly proxy: Proxy | null;
  private readonly secureContext: SecureContext;
  private readonly permission: TestPermission;
  private readonly resolver: NameResolver;

  /** Throws an Error with one sentence when the proxy's URL or a PEM text cannot be used. */
  constructor(
    readonly options: DialOptions,
    readonly clock: RunClock,
    readonly wheel: TimerWheel,
  ) {
    this.proxy = options.proxy === null ? null : resolveProxy(options.proxy);
    this.permission = new TestPermission(options.mayTest);
    this.resolver = new NameResolver(clock, this.permission);
    this.secureContext = createTargetContext(options.tls);
  }

  /** Begins to connect; the listener hears of it later. Cancel by `dial.cancel()`. */
  dial(origin: Origin, localAddress: string | undefined, listener: DialListener): Dial {
    return new Dial(this, origin, localAddress, listener);
  }

  /** For `connect`: gives out only addresses that may be sent load. Node does not ask it about addresses: see `refusalOfAddress`. */
  readonly lookup: LookupFunction = (hostname, options, done) => {
    this.resolver.resolve(hostname, ({ addresses, error }) => {
      const [best] = addresses;
      if (error || best === undefined) done(error ?? new Error(`${hostname} has no address`), '', 0);
      else if (options.all)
        done(
          null,
          addresses.map((address) => ({ address, family: isIP(address) })),
        );
      else done(null, best, isIP(best));
    });
  };

  /** No address of that host could be reached: the backend may have moved. */
  doubt(hostname: string): void {
    this.resolver.doubt(hostname);
  }

  /** Why that address may not be sent load; null when it may, or when it is a name. */
  refusalOfAddress(hostname: string): Error | null {
    let refusal: Error | null = null;
    // The resolver answers at once.
    if (isIP(hostname)) {
      this.resolver.resolve(hostname, ({ error }) => {
        refusal = error;
      });
    }
    return refusal;
  }

  /**
   * Tells why a host may not be sent load, or null. A proxy resolves names by itself: what stands behind it must be confirmed, or
   * be known here as one of the user's own network.
   */
  checkBehindProxy(hostname: string, done: (error: Error | null) => void): void {
    if (this.permission.isConfirmed(hostname)) {
      done(null);
      return;
    }
    this.resolver.resolve(hostname, ({ error }) => {
      const isUnknown = error !== null && !(error instanceof NotAllowedError);
      done(isUnknown ? new NotAllowedError(hostname, 'is resolved only by the proxy') : error);
    });
  }

  /** TLS over a connected socket; `alpn`: the protocols offered. */
  secure(socket: Socket, hostname: string, serverName: string | null, alpn: string[]): TLSSocket {
    return connectTls({
      socket,
      host: hostname,
      servername: serverName ?? (isIP(hostname) ? '' : hostname),
      secureContext: this.secureContext,
      rejectUnauthorized: !this.options.tls.insecure,
      ALPNProtocols: alpn,
    });
  }
}

/** One connection being opened. */
export class Dial extends Timer {
  private socket: Socket;
  private over = false;
  private isTcpConnected = false;
  /** What TCP leads to: the proxy where there is one. */
  private readonly hostname: string;
  private readonly beganUs: number;

  constructor(
    private readonly dialler: Dialler,
    private readonly origin: Origin,
    localAddress: string | undefined,
    private readonly listener: DialListener,
  ) {
    super();
    const { clock, wheel, options, proxy } = dialler;
    const { hostname, port } = proxy?.origin ?? origin;
    this.hostname = hostname;
    this.beganUs = clock.nowUs();
    if (options.connectTimeoutUs > 0) wheel.schedule(this, this.beganUs + options.connectTimeoutUs);
    const refusal = dialler.refusalOfAddress(hostname);
    const tcp = refusal ? new Socket() : connect({ host: hostname, port, localAddress, noDelay: true, lookup: dialler.lookup });
    if (refusal) setImmediate(() => this.fail(refusal));
    this.socket = tcp;
    dialler.openSockets++;
    tcp.once('close', () => dialler.openSockets--);
    tcp.on('error', this.onError);
    tcp.once('connect', () => this.connected());
  }

  /** Gives up; the listener hears nothing. */
  cancel(): void {
    this.end();
    this.socket.destroy();
  }

  override onDue(): void {
    const seconds = this.dialler.options.connectTimeoutUs / 1e6;
    this.fail(
      Object.assign(new Error(`No connection to ${this.origin.hostname} within ${seconds} s.`), {
        code: 'UND_ERR_CONNECT_TIMEOUT',
      }),
    );
  }

  private connected(): void {
    this.isTcpConnected = true;
    const { proxy } = this.dialler;
    if (!proxy) this.reachedOrigin();
    else if (proxy.origin.secure) this.startTls(proxy.origin.hostname, null, ['http/1.1'], () => this.reachedProxy(proxy));
    else this.reachedProxy(proxy);
  }

  private reachedProxy(proxy: Proxy): void {
    this.dialler.checkBehindProxy(this.origin.hostname, (refusal) => {
      if (this.over) return;
      if (refusal) this.fail(refusal);
      else this.passProxy(proxy);
    });
  }

  private passProxy(proxy: Proxy): void {
    // Plain http goes through a proxy request by request, with the whole URL as target: no tunnel.
    if (!this.origin.secure) {
      this.finish(-1);
      return;
    }
    openTunnel(this.socket, this.origin, proxy.authorization, (error) => {
      if (this.over) return;
      if (error) this.fail(error);
      else this.reachedOrigin();
    });
  }

  private reachedOrigin(): void {
    if (!this.origin.secure) {
      this.finish(-1);
      return;
    }
    const { options, clock } = this.dialler;
    const tlsBeganUs = clock.nowUs();
    this.startTls(this.origin.hostname, options.tls.serverName, [options.http2 ? 'h2' : 'http/1.1'], (socket) => {
      if (options.http2 && socket.alpnProtocol !== 'h2') this.fail(noHttp2());
      else this.finish(clock.nowUs() - tlsBeganUs);
    });
  }

  private startTls(hostname: string, serverName: string | null, alpn: string[], then: (socket: TLSSocket) => void): void {
    const inner = this.socket;
    const socket = this.dialler.secure(inner, hostname, serverName, alpn);
    this.socket = socket;
    // A TLS socket takes over the handle of the one below, which then does not close by itself.
    socket.once('close', () => inner.destroy());
    socket.on('error', this.onError);
    socket.once('secureConnect', () => {
      if (!this.over) then(socket);
    });
  }

  private finish(tlsUs: number): void {
    if (this.over) return;
    this.end();
    this.socket.off('error', this.onError);
    this.listener.dialled(this.socket, this.dialler.clock.nowUs() - this.beganUs, tlsUs);
  }

  private readonly onError = (error: Error) => this.fail(error);

  private fail(error: Error): void {
    if (this.over) return;
    this.end();
    this.socket.destroy();
    if (!this.isTcpConnected) this.dialler.doubt(this.hostname);
    this.listener.dialFailed(error);
  }

  private end(): void {
    this.over = true;
    this.dialler.wheel.cancel(this);
  }
}

function noHttp2(): Error {
  const code = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
  return Object.assign(new Error('the server does not speak HTTP/2'), { code });
}

function resolveProxy(text: string): Proxy {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error(`The proxy "${text}" is not a proxy URL such as http://proxy.example:3128.`);
  }
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization = url.username === '' ? null : `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
  return { origin: originOf(url), authorization };
}
