import type { GeneratorCompiler } from './compiled-generator';

/** "00" to "ff". */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID (RFC 9562) of the node's own random numbers, so that a seed repeats it. */
export const compileUuid: GeneratorCompiler<'uuid'> = () => (scope) => {
  const { random } = scope;
  const a = random.uint32();
  const b = (random.uint32() & 0xffff0fff) | 0x4000;
  const c = (random.uint32() & 0x3fffffff) | 0x80000000;
  const d = random.uint32();
  return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`;
};

function high(word: number): string {
  return `${HEX[word >>> 24]}${HEX[(word >>> 16) & 0xff]}`;
}

function low(word: number): string {
  return `${HEX[(word >>> 8) & 0xff]}${HEX[word & 0xff]}`;
}
