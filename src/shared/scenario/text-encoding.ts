/** How a document's bytes are to be read; names as `TextDecoder` knows them. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The encoding of a text file, by its byte order mark; without one by where the zero byte of its first character is: a document begins
 * with `{`, a table or a key with a letter or a dash, and neither has one in UTF-8. Some editors and shells of Windows write UTF-16.
 */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second !== undefined && second !== 0) return 'utf-16be';
  if (second === 0 && first !== undefined && first !== 0) return 'utf-16le';
  return 'utf-8';
}
