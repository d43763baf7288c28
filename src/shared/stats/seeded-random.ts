/**
 * Random numbers for resampling: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its state filled
 * from a text with FNV-1a and the mixing steps of MurmurHash3. The same text always gives the same numbers.
 */
export class SeededRandom {
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;

  constructor(text: string) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    const next = () => {
      hash = (hash + 0x9e3779b9) | 0;
      return mix(hash);
    };
    // The state must not be all zero.
    this.s0 = next() | 1;
    this.s1 = next();
    this.s2 = next();
    this.s3 = next();
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const { s0, s1 } = this;
    const s2 = this.s2 ^ s0;
    const s3 = this.s3 ^ s1;
    this.s0 = s0 ^ s3;
    this.s1 = s1 ^ s2;
    this.s2 = s2 ^ (s1 << 9);
    this.s3 = rotate(s3, 11);
    return Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
  }

  /** Uniform in [0, 1), 32 bits. */
  float(): number {
    return this.uint32() / 2 ** 32;
  }

  /** A whole number, 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.float() * limit);
  }

  /** Fills an array with whole numbers, 0 to `limit` - 1. */
  fillBelow(limit: number, numbers: Int32Array): void {
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.below(limit);
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
