import type { Socket } from 'node:net';
import { type StreamBinding, streamBinding } from './stream-binding';

/*
 * Why this file is there: between a handle that has read and who reads, a socket looks for timers, asks its streams whether they are destroyed and
 * for a next buffer. The handle calls a function of ours instead when there are bytes; ends and errors go the way they always go.
 */

/** Who takes what was read into the buffer that its socket was given. */
export interface ChunkReader {
  /** The first `length` bytes (1 or more) of the buffer are new. */
  received(length: number): void;
}

type OnRead = (this: ReadHandle, arrayBuffer: unknown) => unknown;

interface ReadHandle {
  onread: OnRead | undefined;
  chunkReader: ChunkReader;
}

/** Has plain sockets read on the shortest way. One for all sockets of a client. */
export class DirectReader {
  private streamOnRead: OnRead | undefined;
  private readonly onRead: OnRead;

  private constructor({ streamBaseState, kReadBytesOrError }: StreamBinding) {
    const passOn = (handle: ReadHandle, arrayBuffer: unknown) => this.streamOnRead?.call(handle, arrayBuffer);
    this.onRead = function (arrayBuffer) {
      const length = streamBaseState[kReadBytesOrError] as number;
      if (length <= 0) return passOn(this, arrayBuffer);
      this.chunkReader.received(length);
      return undefined;
    };
  }

  /** null when this Node does not have what is needed. */
  static create(): DirectReader | null {
    const binding = streamBinding();
    return binding && new DirectReader(binding);
  }

  /**
   * From now on what a connected plain socket reads goes to `reader`, and no longer to the callback of its `onread` option, whose buffer it is read into.
   * A socket whose inside is not as expected is left as it is. It must have no timeout: reading does not put it off.
   */
  take(socket: Socket, reader: ChunkReader): void {
    const handle = (socket as unknown as { _handle: ReadHandle | null })._handle;
    if (!handle) return;
    this.streamOnRead ??= handle.onread;
    // The same function for all sockets.
    if (typeof handle.onread !== 'function' || handle.onread !== this.streamOnRead) return;
    handle.chunkReader = reader;
    handle.onread = this.onRead;
  }
}
