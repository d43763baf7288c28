/** Requests in larger buffers are written from where they are. */
const CAPACITY = 2048;

/*
 * Why this file is there: a handle takes a typed array, all of it, and to make one for each request costs as much as to render it. Kept with the buffers
 * of requests, one for each length, they were in no cache, and were made anew whenever a fleet had thousands of requests in flight; all those
 * that were kept had to be moved by the next collections of garbage. To copy a short request is cheaper than any of it.
 */

/** Where short requests go on their way to the kernel, which nearly always takes them at once: one buffer for all, with one view for each length. */
export class OutgoingBytes {
  private buffer = Buffer.allocUnsafeSlow(CAPACITY);
  private views: (Uint8Array | undefined)[] = noViews();

  /** A view of the first `length` bytes of `bytes`, or of a copy of them. Good until the next call, or for good after `lend`. */
  viewOf(bytes: Buffer<ArrayBuffer>, length: number): Uint8Array {
    if (bytes.length > CAPACITY) return new Uint8Array(bytes.buffer, bytes.byteOffset, length);
    // With what lies behind it: to copy less of it would take a view.
    this.buffer.set(bytes);
    const view = this.views[length];
    if (view !== undefined) return view;
    const made = new Uint8Array(this.buffer.buffer, this.buffer.byteOffset, length);
    this.views[length] = made;
    return made;
  }

  /** A socket may read the last view at any time from now on. */
  lend(): void {
    this.buffer = Buffer.allocUnsafeSlow(CAPACITY);
    this.views = noViews();
  }
}

function noViews(): undefined[] {
  return new Array(CAPACITY + 1).fill(undefined);
}
