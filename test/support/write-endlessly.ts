import type { Writable } from 'node:stream';

/**
 * Writes a piece again and again as fast as the other end takes it, `bytes` in all, and then `end`. `written`: told of each piece once it has
 * gone out.
 */
export function writeEndlessly(to: Writable, piece: Buffer, bytes: number, written: (bytes: number) => void, end = ''): void {
  let left = bytes;
  const more = () => {
    if (to.destroyed) return;
    if (left <= 0) {
      if (end !== '') to.write(end, 'latin1');
      return;
    }
    const part = piece.subarray(0, Math.min(left, piece.length));
    left -= part.length;
    to.write(part, (error) => {
      if (error) return;
      written(part.length);
      more();
    });
  };
  more();
}
