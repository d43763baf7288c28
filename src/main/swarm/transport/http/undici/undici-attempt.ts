import type { Dispatcher } from 'undici';
import { Timer } from '../../../schedule/timer-wheel';
import { describeError, ERROR_NAMES, type ErrorName, malformedResponseName, nameOfBreak } from '../error-names';
import { type HttpExchange, type Origin, SAMPLE_BODY_BYTES } from '../http-exchange';
import { KeptBody } from '../kept-body';
import { MAX_INTERIM, WHY, type Why } from '../malformed-why';
import { originText } from '../origin';
import type { ConnectionUser } from './connection-source';
import { ProxyError } from './proxy-tunnel';
import type { UndiciChannel } from './undici-client';
import type { UndiciConnection } from './undici-connection';
import { headText, requestHeaders } from './undici-headers';

type Controller = Dispatcher.DispatchController;

/**
 * One exchange on its way through undici: the handler that undici calls, the timer of its timeout. An object of its own for each request, because
 * undici may call the handler of an aborted request late.
 */
export class UndiciAttempt extends Timer implements Dispatcher.DispatchHandler, ConnectionUser {
  readonly origin: Origin;
  private connection: UndiciConnection | null = null;
  private controller: Controller | null = null;
  private over = false;
  /** Whether the connection had carried a request before this one. */
  private onReusedConnection = false;
  /** Whether it had to wait for a connection of the pool. */
  private waited = false;
  /** Whether others were on the connection when it came, so that it may have to wait for their connect, or for a stream. */
  private amongOthers = false;
  private dispatching = false;
  private dispatchedUs = 0;
  private keptBytes = 0;
  private readonly kept = new KeptBody();
  private interimCount = 0;

  constructor(
    private readonly channel: UndiciChannel,
    readonly exchange: HttpExchange,
  ) {
    super();
    this.origin = exchange.origin;
  }

  granted(connection: UndiciConnection, waited: boolean): void {
    this.connection = connection;
    this.waited = waited;
    this.dispatch(connection);
  }

  /** Ends it without a word to the exchange's owner. */
  cancel(): void {
    this.end(true);
  }

  override onDue(): void {
    const seconds = this.exchange.timeoutUs / 1e6;
    this.fail(ERROR_NAMES.responseTimeout, `The answer was not complete within ${seconds} s.`, true);
  }

  onRequestStart(controller: Controller): void {
    const { exchange, connection } = this;
    if (this.over || !connection) {
      controller.abort(new Error('given up'));
      return;
    }
    // A second start: undici replays a request that the server refused unseen (HTTP/2 GOAWAY).
    if (this.controller) exchange.resent++;
    this.controller = controller;
    this.noteStart(connection);
    if (exchange.timeoutUs > 0) this.channel.client.dialler.wheel.schedule(this, this.channel.nowUs() + exchange.timeoutUs);
  }

  onResponseStarted(): void {
    this.noteFirstByte();
  }

  onResponseStart(controller: Controller, status: number, headers: Record<string, unknown>, statusMessage = ''): void {
    if (this.over) return;
    if (status < 200) {
      if (++this.interimCount > MAX_INTERIM) this.refuse(WHY.interim, `more than ${MAX_INTERIM} interim answers came`);
      return;
    }
    this.noteFirstByte();
    const { exchange } = this;
    exchange.status = status;
    const kept = exchange.capture || !exchange.expectsStatus(status);
    const { maxHeaderBytes, maxBodyBytes, http2 } = this.channel.client.dialler.options;
    const hasBody = exchange.method !== 'HEAD' && status !== 204 && status !== 304;
    if (hasBody && Number(headers['content-length']) > maxBodyBytes) {
      this.refuse(WHY.bodyTooLarge, `the body of the answer is announced to be larger than ${maxBodyBytes} bytes`);
      return;
    }
    if (!kept && !http2) return;
    const head = headText(http2 && exchange.origin.secure ? 'HTTP/2' : 'HTTP/1.1', status, statusMessage, controller.rawHeaders);
    // undici bounds the heads of HTTP/1.1 itself.
    if (head.length > maxHeaderBytes) {
      this.refuse(WHY.headTooLarge, `the head of the answer is larger than ${maxHeaderBytes} bytes`);
    } else if (kept) {
      exchange.responseHead = head;
      this.keptBytes = exchange.capture ? maxBodyBytes : SAMPLE_BODY_BYTES;
    }
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    if (this.over) return;
    const { exchange } = this;
    const room = this.keptBytes - exchange.bodyBytes;
    // Copied: undici may read the next bytes into the same buffer.
    if (room > 0) this.kept.append(chunk, 0, Math.min(room, chunk.length));
    exchange.bodyBytes += chunk.length;
  }

  onResponseEnd(): void {
    if (this.over) return;
    this.keepBody();
    this.end(this.connection?.isSending === true);
    this.channel.finished(this);
  }

  onResponseError(_controller: Controller, error: Error): void {
    if (this.over) return;
    if (this.resend(error)) return;
    const { client } = this.channel;
    client.noteExhausted(error);
    this.fail(this.nameOf(error), describeError(error), true);
  }

  private dispatch(connection: UndiciConnection): void {
    const { exchange, channel } = this;
    const { options, proxy } = channel.client.dialler;
    const viaProxy = proxy !== null && !exchange.origin.secure;
    this.dispatchedUs = channel.nowUs();
    this.amongOthers = connection.running > 1;
    this.dispatching = true;
    connection.client.dispatch(
      {
        method: exchange.method,
        path: viaProxy ? originText(exchange.origin) + exchange.path : exchange.path,
        headers: requestHeaders(exchange.headerLines, viaProxy ? proxy.authorization : null),
        body: exchange.body === null ? null : Buffer.from(exchange.body, 'latin1'),
        reset: !options.keepAlive,
      },
      this,
    );
    this.dispatching = false;
  }

  /** The request goes out now, or its connect began before. */
  private noteStart(connection: UndiciConnection): void {
    const { exchange } = this;
    this.onReusedConnection = connection.used;
    connection.used = true;
    const times = connection.takeConnectTimes();
    // A connect that began for a request since given up is not this one's.
    if (times && times.beganUs >= this.dispatchedUs) {
      exchange.connectUs = times.connectUs;
      exchange.tlsUs = times.tlsUs;
      this.noteSent(times.beganUs);
    } else {
      if (this.amongOthers && !this.dispatching) this.waited = true;
      this.noteSent(this.channel.nowUs());
    }
  }

  /** Only the first sending counts: a request that is sent again has been under way since then. */
  private noteSent(sentUs: number): void {
    const { exchange } = this;
    if (exchange.resent > 0) return;
    exchange.sentUs = sentUs;
    if (this.waited) exchange.grantedUs = sentUs;
  }

  private noteFirstByte(): void {
    if (!this.over && this.exchange.firstByteUs < 0) this.exchange.firstByteUs = this.channel.nowUs();
  }

  /** A kept-alive connection that the server closed while it was idle: the request goes out once more, on a new one. */
  private resend(error: Error): boolean {
    const { exchange, connection } = this;
    if (!connection || !this.onReusedConnection || exchange.firstByteUs >= 0 || exchange.resent > 0) return false;
    if (nameOf(error, false, null) !== ERROR_NAMES.connectionReset) return false;
    this.channel.client.dialler.wheel.cancel(this);
    exchange.resent++;
    this.controller = null;
    this.dispatch(connection);
    return true;
  }

  private nameOf(error: Error): ErrorName {
    return nameOf(error, this.channel.client.dialler.options.http2, this.connection?.tlsVersion ?? null);
  }

  private refuse(why: Why, detail: string): void {
    this.fail(malformedResponseName(why), detail, true);
  }

  private fail(name: ErrorName, detail: string, broken: boolean): void {
    const { exchange, connection } = this;
    if (!this.controller) this.noteSent(Math.max(connection?.connectBeganUs ?? 0, this.dispatchedUs));
    exchange.error = name;
    exchange.errorDetail = detail;
    this.keepBody();
    this.end(broken);
    this.channel.finished(this);
  }

  private keepBody(): void {
    if (this.exchange.responseHead !== '') this.exchange.responseBody = this.kept.take();
  }

  private end(broken: boolean): void {
    if (this.over) return;
    this.over = true;
    this.exchange.doneUs = this.channel.nowUs();
    const { connection, controller } = this;
    const { client, source } = this.channel;
    client.dialler.wheel.cancel(this);
    if (!connection) {
      source.withdraw(this);
      return;
    }
    // One stream of a shared HTTP/2 connection can go without the others; anything else takes its connection with it.
    const multiplexed = connection.capacity > 1 && client.dialler.options.connection === 'shared';
    if (broken && multiplexed) controller?.abort(new Error('given up'));
    source.release(connection, broken && !multiplexed);
  }
}

/** The stable name, where undici's own errors carry less than `nameOfError` reads. */
function nameOf(error: Error, http2: boolean, tlsVersion: string | null): ErrorName {
  if (error instanceof ProxyError) return `ProxyError: ${error.why}`;
  // The end of an HTTP/2 stream or session without an answer is informational to undici.
  if ('code' in error && error.code === 'UND_ERR_INFO') return ERROR_NAMES.connectionReset;
  // A stream or connection of HTTP/2 that broke off within a body shows in the length that the body then has.
  if (http2 && 'code' in error && error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return ERROR_NAMES.connectionReset;
  if (error.name === 'HTTPParserError') {
    return error.message.includes('EOF') ? ERROR_NAMES.connectionReset : malformedResponseName(WHY.answer);
  }
  if (error.message === 'bad upgrade') return malformedResponseName(WHY.upgrade);
  return nameOfBreak(error, tlsVersion);
}
