/**
 * The UTF-8 bytes of a text as a binary string (one character, 0 to 255, is one byte), which is what an exchange holds and a socket
 * writes as latin1. An ASCII text is its own binary string and is returned as it is.
 */
export function toBinaryString(text: string): string {
  return Buffer.byteLength(text, 'utf8') === text.length ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text of a binary string: UTF-8 where its bytes are valid UTF-8, Latin-1 otherwise. */
export function fromBinaryString(binary: string): string {
  if (isAscii(binary)) return binary;
  const text = Buffer.from(binary, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? binary : text;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length;
}
