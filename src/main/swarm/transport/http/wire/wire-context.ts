import { isIPv6 } from 'node:net';
import type { SecureContext } from 'node:tls';
import { TestPermission } from '../../../../../shared/target/test-permission';
import type { RunClock } from '../../../clock';
import type { TimerWheel } from '../../../schedule/timer-wheel';
import type { SparePools } from '../../../spare-pools';
import { describeError, exhaustedBy } from '../error-names';
import type { HttpClientOptions } from '../http-client';
import type { HttpExchange } from '../http-exchange';
import { createTargetContext } from '../target-tls';
import type { Connection } from './connection';
import { DirectReader } from './direct-read';
import { DirectWriter } from './direct-write';
import { KnownHead } from './known-head';
import { LeavingConnections } from './leaving-connections';
import { NameResolver } from './name-resolver';
import { OutgoingBytes } from './outgoing-bytes';
import { ReaderPool } from './reader-pool';
import { RequestText } from './request-text';

/** One read buffer for all sockets: each chunk is worked off before the next is read into it. */
const READ_BUFFER_BYTES = 64 * 1024;

/** What all connections of a client share. */
export class WireContext {
  readonly readBuffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  readonly knownHead: KnownHead;
  readonly readers: ReaderPool;
  readonly requestText: RequestText;
  readonly directReader = DirectReader.create();
  readonly directWriter = DirectWriter.create();
  readonly outgoing = new OutgoingBytes();
  readonly resolver: NameResolver;
  readonly secureContext: SecureContext;
  /** Connections that hold a socket or are about to. */
  readonly open = new Set<Connection>();
  readonly leaving = new LeavingConnections();
  private exhausted: 'files' | 'ports' | null = null;
  private readonly localAddressesV4: string[];
  private readonly localAddressesV6: string[];
  private nextLocalAddress = 0;

  /** Throws when the TLS settings (PEM texts) cannot be used. */
  constructor(
    readonly options: HttpClientOptions,
    readonly clock: RunClock,
    readonly wheel: TimerWheel,
    spares: SparePools,
  ) {
    this.resolver = new NameResolver(clock, new TestPermission(options.mayTest));
    this.knownHead = new KnownHead(this.readBuffer, options.maxBodyBytes);
    this.readers = new ReaderPool(options, this.knownHead, spares);
    this.requestText = new RequestText(options.keepAlive);
    this.localAddressesV4 = options.localAddresses.filter((address) => !isIPv6(address));
    this.localAddressesV6 = options.localAddresses.filter(isIPv6);
    try {
      this.secureContext = createTargetContext(options.tls);
    } catch (error) {
      throw new Error(`The TLS certificates or key of the target cannot be used: ${describeError(error)}`);
    }
  }

  /**
   * The source address for the next connection to `address`, in rotation; undefined when the system is to choose, null when source
   * addresses were named but none is of the same family.
   */
  localAddressFor(address: string): string | undefined | null {
    if (this.options.localAddresses.length === 0) return undefined;
    const candidates = isIPv6(address) ? this.localAddressesV6 : this.localAddressesV4;
    if (candidates.length === 0) return null;
    this.nextLocalAddress = (this.nextLocalAddress + 1) % candidates.length;
    return candidates[this.nextLocalAddress];
  }

  /** Remembers when the generator itself ran out of something. */
  noteError(error: unknown): void {
    this.exhausted ??= exhaustedBy(error);
  }

  takeExhausted(): 'files' | 'ports' | null {
    const { exhausted } = this;
    this.exhausted = null;
    return exhausted;
  }

  /**
   * Tells the owner that its exchange is over. What the owner throws is a fault of the program: it is raised again outside of the
   * socket's callback, where it can do no harm to other exchanges.
   */
  deliver(exchange: HttpExchange): void {
    try {
      exchange.owner.exchangeDone(exchange);
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
    }
  }
}
