import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Client } from 'undici';
import type { Origin } from '../http-exchange';
import { originText } from '../origin';
import type { Dial, DialListener, Dialler } from './dial';

/** Longer than any run: an idle connection is closed by the server only, or when it announces that it will. ms */
const IDLE_MS = 7 * 24 * 3600 * 1000;
/** Requests at a time on one HTTP/2 connection; a server that allows fewer makes the rest wait. */
const HTTP2_STREAMS = 100;

/** What opening a connection took, for the exchange that it was opened for. us */
export interface ConnectTimes {
  beganUs: number;
  connectUs: number;
  tlsUs: number;
}

/** An undici client for one connection at a time to one origin: undici opens it when a request comes and it is not there. */
export class UndiciConnection implements DialListener {
  readonly client: Client;
  /** Requests at a time. */
  readonly capacity: number;
  /** Requests that have it and are not over. */
  running = 0;
  /** Begin of the last connect, us; -1 before the first. */
  connectBeganUs = -1;
  /** Whether a request has gone over the present socket. */
  used = false;
  /** TLS version of the present socket, null where there is none. */
  tlsVersion: string | null = null;
  private times: ConnectTimes | null = null;
  private socket: Socket | null = null;
  private dial: Dial | null = null;
  private opened: ((error: Error | null, socket: Socket | null) => void) | null = null;

  constructor(
    readonly origin: Origin,
    private readonly dialler: Dialler,
    private readonly localAddress: string | undefined,
  ) {
    const { options } = dialler;
    this.capacity = options.http2 ? HTTP2_STREAMS : 1;
    this.client = new Client(originText(origin), {
      connect: (_options: unknown, opened: (...result: [Error, null] | [null, Socket]) => void) => {
        this.open((error, socket) => (socket ? opened(null, socket) : opened(error ?? new Error('not connected'), null)));
      },
      maxHeaderSize: options.maxHeaderBytes,
      maxResponseSize: options.maxBodyBytes,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      // The run's own timers watch requests.
      headersTimeout: 0,
      bodyTimeout: 0,
      h2Options: { maxConcurrentStreams: HTTP2_STREAMS, pingInterval: 0 },
    });
  }

  /** What opening the present socket took; given once, to the first request on it. */
  takeConnectTimes(): ConnectTimes | null {
    const { times } = this;
    this.times = null;
    return times;
  }

  /** Whether a request was answered before it was sent whole: what is left of it stands in the way of the next one. */
  get isSending(): boolean {
    return this.capacity === 1 && this.socket !== null && this.socket.writableLength > 0;
  }

  /** Closes the socket; requests on it fail. */
  close(): void {
    this.dial?.cancel();
    this.dial = null;
    void this.client.destroy();
  }

  dialled(socket: Socket, connectUs: number, tlsUs: number): void {
    this.times = { beganUs: this.connectBeganUs, connectUs, tlsUs };
    this.used = false;
    this.socket = socket;
    this.tlsVersion = socket instanceof TLSSocket ? socket.getProtocol() : null;
    this.settle(null, socket);
  }

  dialFailed(error: Error): void {
    this.settle(error, null);
  }

  private open(opened: (error: Error | null, socket: Socket | null) => void): void {
    this.opened = opened;
    this.tlsVersion = null;
    this.connectBeganUs = this.dialler.clock.nowUs();
    this.dial = this.dialler.dial(this.origin, this.localAddress, this);
  }

  private settle(error: Error | null, socket: Socket | null): void {
    const { opened } = this;
    this.dial = null;
    this.opened = null;
    opened?.(error, socket);
  }
}
