import type { RunClock } from '../../../clock';
import type { TimerWheel } from '../../../schedule/timer-wheel';
import type { Channel } from '../../transport';
import { exhaustedBy } from '../error-names';
import type { HttpClient } from '../http-client';
import type { HttpExchange } from '../http-exchange';
import { type ConnectionSource, OwnConnection, SharedConnections } from './connection-source';
import { Dialler, type DialOptions } from './dial';
import { keepSessionsOfStreams } from './http2-sessions';
import { UndiciAttempt } from './undici-attempt';

/**
 * The client for what wire does not do: HTTP/2 and proxies, over undici. Plain http goes through a proxy as whole URLs, https through a tunnel.
 * An undici client each node, or shared ones that HTTP/2 multiplexes.
 */
export class UndiciClient implements HttpClient {
  readonly dialler: Dialler;
  private readonly shared: SharedConnections | null;
  private readonly channels = new Set<UndiciChannel>();
  private exhausted: 'files' | 'ports' | null = null;

  /** Throws an Error with one sentence when the proxy's URL cannot be used. */
  constructor(options: DialOptions, clock: RunClock, wheel: TimerWheel) {
    keepSessionsOfStreams();
    this.dialler = new Dialler(options, clock, wheel);
    this.shared = options.connection === 'shared' ? new SharedConnections(this.dialler) : null;
  }

  get openSockets(): number {
    return this.dialler.openSockets;
  }

  openChannel(nodeIndex: number): Channel<HttpExchange> {
    const { localAddresses } = this.dialler.options;
    const localAddress = localAddresses[nodeIndex % Math.max(localAddresses.length, 1)];
    const channel = new UndiciChannel(this, this.shared ?? new OwnConnection(this.dialler, localAddress), () =>
      this.channels.delete(channel),
    );
    this.channels.add(channel);
    return channel;
  }

  takeExhausted(): 'files' | 'ports' | null {
    const { exhausted } = this;
    this.exhausted = null;
    return exhausted;
  }

  noteExhausted(error: Error): void {
    this.exhausted = exhaustedBy(error) ?? this.exhausted;
  }

  destroy(): void {
    for (const channel of [...this.channels]) channel.close();
    this.shared?.close();
  }
}

/** One node's way through undici. */
export class UndiciChannel implements Channel<HttpExchange> {
  private attempt: UndiciAttempt | null = null;

  constructor(
    readonly client: UndiciClient,
    readonly source: ConnectionSource,
    private readonly onClose: () => void,
  ) {}

  nowUs(): number {
    return this.client.dialler.clock.nowUs();
  }

  send(exchange: HttpExchange): void {
    this.attempt = new UndiciAttempt(this, exchange);
    this.source.request(this.attempt);
  }

  abort(): void {
    const { attempt } = this;
    this.attempt = null;
    attempt?.cancel();
  }

  close(): void {
    this.abort();
    if (this.source instanceof OwnConnection) this.source.close();
    this.onClose();
  }

  /** Tells the exchange's owner: in a microtask, because undici may end a request within `send`, and swallows what its handlers throw. */
  finished(attempt: UndiciAttempt): void {
    queueMicrotask(() => {
      if (this.attempt !== attempt) return;
      this.attempt = null;
      attempt.exchange.owner.exchangeDone(attempt.exchange);
    });
  }
}
