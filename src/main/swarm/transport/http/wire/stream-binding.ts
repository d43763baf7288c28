/*
 * Node's inside, as far as `direct-write.ts` and `direct-read.ts` use it: a socket's handle takes bytes and gives them without the stream machinery
 * between, which is a good part of what a request costs in user mode (docs/benchmarks.md). All of it is asked for when the program starts; where it
 * is not as expected, the socket does the work, at its price.
 */

/** What the handle of a socket keeps until the kernel has taken what was written. */
export interface WriteRequest {
  oncomplete: (status: number) => void;
  /** Keeps the bytes alive until then. */
  buffer?: Uint8Array;
}

/** What a handle's methods leave word in, and how they are called. */
export interface StreamBinding {
  WriteWrap: new () => WriteRequest;
  streamBaseState: Int32Array;
  /** Index in `streamBaseState`: whether the kernel has not taken all of the last write yet. */
  kLastWriteWasAsync: number;
  /** Index in `streamBaseState`: bytes read, or a negative errno. */
  kReadBytesOrError: number;
}

/** null when this Node does not have what is needed. */
export function streamBinding(): StreamBinding | null {
  try {
    // The only way to it. Deprecated in the documentation only (DEP0111): it warns nobody.
    const binding = (process as unknown as { binding(name: string): Partial<StreamBinding> }).binding('stream_wrap');
    const { WriteWrap, streamBaseState, kLastWriteWasAsync, kReadBytesOrError } = binding;
    const isKnown =
      typeof WriteWrap === 'function' &&
      streamBaseState instanceof Int32Array &&
      typeof kLastWriteWasAsync === 'number' &&
      typeof kReadBytesOrError === 'number';
    return isKnown ? { WriteWrap, streamBaseState, kLastWriteWasAsync, kReadBytesOrError } : null;
  } catch {
    return null;
  }
}
