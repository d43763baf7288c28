import type { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { type StreamBinding, streamBinding, type WriteRequest } from './stream-binding';

/*
 * Why this file is there: `socket.write` takes a text through the stream machinery (a buffer state, a request object known to the garbage
 * collector of C++, a callback in the next tick). The same handle takes a text directly, and the kernel nearly always takes a small request at once.
 */

/** Node tries to send at once what fits its buffer on the stack (16 KB, `StreamBase::WriteString`). */
const MAX_TEXT_LENGTH = 16_000;

/** A plain socket's handle. */
export interface StreamHandle {
  /** Returns 0 or a negative errno. The request is used only when the kernel does not take everything at once. */
  writeLatin1String(request: WriteRequest, text: string): number;
  /** Likewise. The bytes must stay as they are until the request is complete. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
}

/** Who has to know that a part of its text is still on its way to the kernel. */
export interface LateWriter {
  /** Texts that the kernel has not taken whole yet. */
  lateTexts: number;
  /** The kernel will never take the rest of one. */
  lateTextFailed(error: Error): void;
}

/** Hands requests to plain sockets on the shortest way. One for all sockets of a client. */
export class DirectWriter {
  private request: WriteRequest;

  private constructor(private readonly binding: StreamBinding) {
    this.request = new binding.WriteWrap();
  }

  /** null when this Node does not have what is needed. */
  static create(): DirectWriter | null {
    const binding = streamBinding();
    return binding && new DirectWriter(binding);
  }

  /**
   * The handle of a connected plain socket, null when it has none. It can be kept as long as the socket: one that was closed takes nothing. Whoever writes to
   * ten thousand sockets in turn spares the way through the socket, which no cache holds by then.
   */
  handleOf(socket: Socket): StreamHandle | null {
    return (socket as unknown as { _handle: StreamHandle | null })._handle;
  }

  /**
   * Writes a latin1 text to a handle on which nothing waits to be written. Returns false when it did not: then nothing was written, and
   * `socket.write` finds out why.
   */
  write(handle: StreamHandle, text: string, writer: LateWriter): boolean {
    if (text.length > MAX_TEXT_LENGTH) return false;
    const { request, binding } = this;
    if (handle.writeLatin1String(request, text) !== 0) return false;
    if (binding.streamBaseState[binding.kLastWriteWasAsync] !== 0) this.waitFor(request, writer);
    return true;
  }

  /** Writes bytes likewise, of any length. They must stay as they are for good when `writer` has a late text afterwards. */
  writeBytes(handle: StreamHandle, bytes: Uint8Array, writer: LateWriter): boolean {
    const { request, binding } = this;
    if (handle.writeBuffer(request, bytes) !== 0) return false;
    if (binding.streamBaseState[binding.kLastWriteWasAsync] !== 0) {
      request.buffer = bytes;
      this.waitFor(request, writer);
    }
    return true;
  }

  /** The request belongs to the handle until it has been carried out; the next text gets a new one. */
  private waitFor(request: WriteRequest, writer: LateWriter): void {
    this.request = new this.binding.WriteWrap();
    writer.lateTexts++;
    request.oncomplete = (status) => {
      writer.lateTexts--;
      if (status < 0) writer.lateTextFailed(systemError(status));
    };
  }
}

function systemError(status: number): NodeJS.ErrnoException {
  const code = getSystemErrorName(status);
  return Object.assign(new Error(`write ${code}`), { code, errno: status, syscall: 'write' });
}
