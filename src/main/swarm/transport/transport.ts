import type { FailureSample } from '../../../shared/stats/frame';
import { NO_TIME } from '../clock';
import type { Scope } from '../template/scope';

/** Who is told that an exchange is over. */
export interface ExchangeOwner {
  /** Called exactly once for each `send`, never from within it, unless the exchange was aborted. */
  exchangeDone(exchange: Exchange): void;
}

/**
 * One exchange with the backend: what a node sends and what came of it. A node takes one when it begins a request and gives it back when it waits, so
 * that sending allocates nothing but the strings that are sent, and a fleet of ten thousand that mostly waits needs a handful: those stay in the
 * processor's caches, while one for each node would have to be fetched from memory for every request. A transport extends it with what it sends.
 */
export abstract class Exchange {
  owner: ExchangeOwner;

  /** When a pool granted a connection after none had been free; 0 when the exchange did not have to wait for one. us */
  grantedUs = 0;
  /** First byte of the request handed to the socket, or connect begun when a new connection is needed. us */
  sentUs = NO_TIME;
  /** Connect and TLS of the connection opened for this exchange; -1 when none was opened. us */
  connectUs = -1;
  /** The TLS part of `connectUs`; -1 when there was none. us */
  tlsUs = -1;
  /** First byte of the answer; -1 when none came. us */
  firstByteUs = NO_TIME;
  /** Last byte of the answer, or the moment of failure. us */
  doneUs = NO_TIME;
  /** Bytes of the response body as received, before decompression. */
  bodyBytes = 0;
  /** Stable error name (`ConnectionRefused`), null when an answer came that is as expected. */
  error: string | null = null;
  /** One sentence on what exactly went wrong. */
  errorDetail = '';
  /** Times it was sent again on a new connection because the server had closed a kept-alive one. */
  resent = 0;
  /** Requests sent beyond the first because the answer led elsewhere. */
  followed = 0;

  constructor(owner: ExchangeOwner) {
    this.owner = owner;
  }

  /** Clears what the last use left. */
  reset(): void {
    this.grantedUs = 0;
    this.sentUs = 0;
    this.connectUs = -1;
    this.tlsUs = -1;
    this.firstByteUs = -1;
    this.doneUs = 0;
    this.bodyBytes = 0;
    this.error = null;
    this.errorDetail = '';
    this.resent = 0;
    this.followed = 0;
  }

  /**
   * Lets go of what was sent and received: nobody needs it any more, and the exchange is kept for any node's next request.
   */
  abstract release(): void;
}

/** One node's way to the backend. At most one exchange is in flight on it. */
export interface Channel<E extends Exchange> {
  send(exchange: E): void;
  /** Gives up the exchange in flight: its owner hears no more of it, its connection is closed. */
  abort(): void;
  /** The node is gone: aborts what is in flight and closes what it holds, at once or soon. */
  close(): void;
}

/** A way for bytes to reach the backend. */
export interface Transport<E extends Exchange> {
  /** An exchange for a node that has none, as the last one left it: `prepare` resets it. */
  takeExchange(owner: ExchangeOwner): E;
  /** Takes back an exchange that is over, or was never sent. One that was aborted is not given back: its connection may still speak of it. */
  giveBack(exchange: E): void;
  openChannel(nodeIndex: number): Channel<E>;
  /** Sockets open now, connecting ones included. */
  readonly openSockets: number;
  /** What ran out since the last call (EMFILE, EADDRNOTAVAIL): then the generator, not the target, failed. */
  takeExhausted(): 'files' | 'ports' | null;
  /** Closes every socket at once. */
  destroy(): void;
}

/** A request compiled for one node type: rendered into an exchange, its answer judged, values taken out of it. Steps of several series may share it. */
export interface CompiledRequest<E extends Exchange> {
  /** Renders the request into the exchange (which it resets first). Throws `TaskException` when a value cannot be had. */
  prepare(exchange: E, scope: Scope): void;
  /** Sets `error` and `errorDetail` when an answer came that is not as expected. */
  judge(exchange: E): void;
  /** Takes values out of an answer into the node's variables. Throws `TaskException` when there is nothing to take. */
  extract(exchange: E, scope: Scope): void;
  /** What was sent and what came back, for a failure sample: secrets masked, heads cut at 8 KB and bodies at 4 KB. Slow; called for few. */
  describe(exchange: E): Pick<FailureSample, 'requestHead' | 'requestBody' | 'status' | 'responseHead' | 'responseBody'>;
}
