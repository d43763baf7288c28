import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { NO_TIME } from '../../../clock';
import { Timer } from '../../../schedule/timer-wheel';
import {
  describeError,
  ERROR_NAMES,
  type ErrorName,
  exhaustedBy,
  malformedResponseName,
  nameOfBreak,
  nameOfError,
} from '../error-names';
import type { HttpExchange, Origin } from '../http-exchange';
import { NotAllowedError } from '../not-allowed-error';
import type { RequestBytes } from '../request-bytes';
import type { ChunkReader } from './direct-read';
import type { LateWriter, StreamHandle } from './direct-write';
import type { HostAddresses } from './name-resolver';
import { openSocket, type SocketUser, type TlsSessionHolder } from './open-socket';
import type { ResponseReader } from './response-reader';
import type { WireContext } from './wire-context';

/** Not a small integer, as other times (`NO_TIME`). */
const NEVER = Number.POSITIVE_INFINITY;

/** Who uses a connection. Called from socket callbacks, never from within `send`. */
export interface ConnectionUser {
  /** The exchange came to its end, well or not. The connection can be used again if it is `usable`. */
  exchangeOver(connection: Connection, exchange: HttpExchange): void;
  /** The server closed a kept-alive connection instead of answering: the exchange must be sent once more, on a new one. */
  sendAgain(connection: Connection, exchange: HttpExchange): void;
  /** The connection was lost while it was idle. */
  connectionLost(connection: Connection): void;
}

/**
 * One connection to one origin, with at most one exchange in flight. It opens at the first `send` and is its own timer: a pending
 * appointment is moved only when it comes, so that the timeout of a request costs one field. A socket that it has let go of is ignored.
 */
export class Connection extends Timer implements ChunkReader, LateWriter, SocketUser {
  /** Reads an answer that came in part; a whole one is read by a reader that all connections share. */
  private reader: ResponseReader | null = null;
  private state: 'new' | 'connecting' | 'ready' | 'closed' = 'new';
  private socket: Socket | null = null;
  /** Where requests are written directly, of a plain socket that is connected. */
  private handle: StreamHandle | null = null;
  /** Whether anything went through the streams of the socket, which then may hold some of it. */
  private usesStream = false;
  private exchange: HttpExchange | null = null;
  private deadlineUs = NEVER;
  /** Answers that came over it: above 0 the server may have closed it in the meantime. */
  private answers = 0;
  private connectStartUs = NO_TIME;
  private tcpConnectedUs = NEVER;
  private addresses: readonly string[] = [];
  private attempt = 0;
  /** Unlike the socket's own buffer this is what the direct writer left. */
  lateTexts = 0;

  constructor(
    private readonly context: WireContext,
    readonly origin: Origin,
    private readonly sessions: TlsSessionHolder,
    public user: ConnectionUser,
  ) {
    super();
  }

  /** Whether another exchange can be sent: it is not closed and nothing is in flight. */
  get usable(): boolean {
    return this.state !== 'closed' && this.exchange === null;
  }

  /** Sends, after connecting if need be. `exchange.sentUs` is now. */
  send(exchange: HttpExchange): void {
    this.exchange = exchange;
    if (this.state === 'ready') this.write(exchange, exchange.sentUs);
    else this.open();
  }

  /** Closes at once; the user hears no more of it, nor of the exchange in flight. */
  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.exchange = null;
    this.context.wheel.cancel(this);
    this.context.open.delete(this);
    const { socket } = this;
    this.socket = null;
    this.handle = null;
    socket?.destroy();
  }

  /** The appointment with the timer wheel: the timeout, unless it has moved or gone since. */
  override onDue(nowUs: number): void {
    if (this.deadlineUs === NEVER) return;
    if (nowUs < this.deadlineUs) {
      this.context.wheel.schedule(this, this.deadlineUs);
      return;
    }
    const exchange = this.exchange;
    if (!exchange) return;
    if (this.state === 'connecting') {
      this.context.resolver.doubt(this.origin.hostname);
      const seconds = this.context.options.connectTimeoutUs / 1e6;
      this.fail(ERROR_NAMES.connectTimeout, `No connection to ${this.place} within ${seconds} s.`);
    } else {
      this.fail(ERROR_NAMES.responseTimeout, `The answer was not complete within ${exchange.timeoutUs / 1e6} s.`);
    }
  }

  private get place(): string {
    const { hostname, port } = this.origin;
    return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  }

  private setDeadline(deadlineUs: number): void {
    this.deadlineUs = deadlineUs;
    if (this.nextTimer === null || deadlineUs < this.dueUs) this.context.wheel.schedule(this, deadlineUs);
  }

  private write(exchange: HttpExchange, nowUs: number): void {
    if (exchange.timeoutUs > 0) this.setDeadline(nowUs + exchange.timeoutUs);
    if (exchange.bytes !== null) {
      this.writeBytes(exchange.bytes);
      return;
    }
    const { directWriter, requestText } = this.context;
    const { handle } = this;
    const text = requestText.of(exchange);
    const written = handle !== null && directWriter?.write(handle, text, this) === true;
    if (!written) this.throughStream()?.write(text, 'latin1');
  }

  private writeBytes(bytes: RequestBytes): void {
    const { directWriter, outgoing } = this.context;
    const { handle } = this;
    if (handle !== null && directWriter?.writeBytes(handle, outgoing.viewOf(bytes.buffer, bytes.length), this)) {
      if (this.lateTexts === 0) return;
      outgoing.lend();
    } else {
      this.throughStream()?.write(bytes.buffer.subarray(0, bytes.length));
    }
    bytes.lend();
  }

  /** The socket, to write to. */
  private throughStream(): Socket | null {
    this.usesStream = true;
    return this.socket;
  }

  lateTextFailed(error: Error): void {
    this.socket?.destroy(error);
  }

  private open(): void {
    const { context } = this;
    this.state = 'connecting';
    context.open.add(this);
    this.connectStartUs = context.clock.nowUs();
    if (context.options.connectTimeoutUs > 0) this.setDeadline(this.connectStartUs + context.options.connectTimeoutUs);
    context.resolver.resolve(this.origin.hostname, (host) => this.resolved(host));
  }

  private resolved(host: HostAddresses): void {
    if (this.state !== 'connecting') return;
    if (host.error instanceof NotAllowedError) {
      this.failSoon(ERROR_NAMES.notAllowed, host.error.message);
      return;
    }
    if (host.error) {
      this.failSoon(ERROR_NAMES.dns, `The host ${this.origin.hostname} was not found: ${host.error.message}`);
      return;
    }
    this.addresses = host.addresses;
    this.dial();
  }

  private dial(): void {
    const address = this.addresses[this.attempt] ?? this.origin.hostname;
    const localAddress = this.context.localAddressFor(address);
    if (localAddress === null) {
      this.failSoon(ERROR_NAMES.addressNotAvailable, `No local address is of the same family as ${address}.`);
      return;
    }
    const { context, origin, sessions } = this;
    try {
      this.socket = openSocket(context, { origin, address, localAddress, sessions }, this);
    } catch (error) {
      this.failSoon(nameOfError(error), describeError(error));
    }
  }

  tcpConnected(): void {
    this.tcpConnectedUs = this.context.clock.nowUs();
  }

  socketFailed(socket: Socket, error: Error): void {
    this.context.noteError(error);
    if (socket !== this.socket) return;
    const protocol = socket instanceof TLSSocket ? socket.getProtocol() : null;
    this.broken(error, this.state === 'ready' ? nameOfBreak(error, protocol) : nameOfError(error));
  }

  socketEnded(socket: Socket): void {
    if (socket === this.socket) this.ended();
  }

  socketClosed(socket: Socket): void {
    if (socket === this.socket) this.lost('closed');
  }

  socketConnected(socket: Socket): void {
    const exchange = this.exchange;
    if (socket !== this.socket || !exchange) return;
    const nowUs = this.context.clock.nowUs();
    this.state = 'ready';
    this.deadlineUs = NEVER;
    exchange.connectUs = nowUs - this.connectStartUs;
    if (this.origin.secure) exchange.tlsUs = nowUs - this.tcpConnectedUs;
    if (this.attempt > 0) this.context.resolver.prefer(this.origin.hostname, this.addresses[this.attempt] as string);
    socket.setNoDelay(true);
    // TLS has to encrypt and decrypt.
    if (!this.origin.secure) {
      this.context.directReader?.take(socket, this);
      this.handle = this.context.directWriter?.handleOf(socket) ?? null;
    }
    this.write(exchange, nowUs);
  }

  received(length: number): void {
    const { exchange } = this;
    if (exchange === null) {
      // Nothing was asked, so nothing may be answered: what comes next could be taken for the next answer.
      this.lost('spoke unasked');
      return;
    }
    const nowUs = this.context.clock.nowUs();
    if (exchange.firstByteUs < 0) exchange.firstByteUs = nowUs;
    if (this.reader === null && this.context.knownHead.takeAnswer(exchange, length)) {
      this.over(exchange, true, nowUs);
      return;
    }
    const reader = this.reader ?? this.context.readers.take();
    if (reader.read(exchange, this.context.readBuffer, length)) this.answered(exchange, reader, nowUs);
    else this.reader = reader;
  }

  private answered(exchange: HttpExchange, reader: ResponseReader, nowUs: number): void {
    this.reader = null;
    if (reader.why !== null) {
      exchange.error = malformedResponseName(reader.why);
      exchange.errorDetail = `The answer breaks the HTTP/1.1 protocol or a limit: ${reader.why}.`;
    }
    const { keepsConnection } = reader;
    this.context.readers.giveBack(reader);
    this.over(exchange, keepsConnection, nowUs);
  }

  /** `keepsConnection`: whether the answer leaves the connection fit for another request. */
  private over(exchange: HttpExchange, keepsConnection: boolean, nowUs: number): void {
    this.exchange = null;
    this.deadlineUs = NEVER;
    this.answers++;
    exchange.doneUs = nowUs;
    if (!keepsConnection || !this.context.options.keepAlive || !this.isWrittenWhole) this.close();
    this.user.exchangeOver(this, exchange);
  }

  /** Whether the kernel has all of the request. The socket is asked only if need be: among ten thousand, no cache holds it. */
  private get isWrittenWhole(): boolean {
    return this.lateTexts === 0 && (!this.usesStream || this.socket?.writableLength === 0);
  }

  private ended(): void {
    const { exchange, reader } = this;
    if (exchange && reader?.end(exchange)) this.answered(exchange, reader, this.context.clock.nowUs());
    else this.lost('closed');
  }

  private broken(error: Error, name: ErrorName): void {
    if (name === ERROR_NAMES.connectionReset) {
      this.lost('reset');
      return;
    }
    if (this.state === 'connecting' && this.tcpConnectedUs === NEVER) {
      if (this.tryNextAddress(error)) return;
      this.context.resolver.doubt(this.origin.hostname);
    }
    if (this.exchange) this.fail(name, describeError(error));
    else this.lost('reset');
  }

  /** A name with several addresses (localhost is often ::1 and 127.0.0.1) is reached by the first that answers. */
  private tryNextAddress(error: Error): boolean {
    if (this.attempt + 1 >= this.addresses.length || exhaustedBy(error)) return false;
    this.attempt++;
    const { socket } = this;
    this.socket = null;
    socket?.destroy();
    this.dial();
    return true;
  }

  /** The server is gone: no matter for an idle connection, a second try for one that it had kept open, else a failure. */
  private lost(how: 'closed' | 'reset' | 'spoke unasked'): void {
    const { exchange, user } = this;
    if (!exchange) {
      this.close();
      user.connectionLost(this);
    } else if (this.answers > 0 && exchange.firstByteUs < 0) {
      this.close();
      exchange.resent++;
      user.sendAgain(this, exchange);
    } else {
      this.fail(ERROR_NAMES.connectionReset, `The server ${how} the connection ${this.moment(exchange)}.`);
    }
  }

  private moment(exchange: HttpExchange): string {
    if (this.state === 'connecting') return this.tcpConnectedUs === NEVER ? 'while connecting' : 'during the TLS handshake';
    switch (this.reader?.progress ?? 'nothing') {
      case 'nothing':
        return 'before the answer';
      case 'head':
        return 'within the head of the answer';
      default:
        return `within the body of the answer, after ${exchange.bodyBytes} bytes of it`;
    }
  }

  private fail(name: ErrorName, detail: string): void {
    const { exchange, user } = this;
    this.close();
    if (!exchange) return;
    exchange.doneUs = this.context.clock.nowUs();
    exchange.error = name;
    exchange.errorDetail = detail;
    user.exchangeOver(this, exchange);
  }

  /** Fails, but not from within `send`. */
  private failSoon(name: ErrorName, detail: string): void {
    setImmediate(() => {
      if (this.state === 'connecting') this.fail(name, detail);
    });
  }
}
