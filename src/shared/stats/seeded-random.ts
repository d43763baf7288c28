/**
 * Random numbers for resampling: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its state filled
 * from a text with FNV-1a and the mixing steps of MurmurHash3. The same text always gives the same numbers.
 */
export class SeededRandom {
  // An array of 32-bit numbers: a field that outgrows a small integer would be allocated anew at every step.
  private readonly state: Int32Array;

  constructor(text: string) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    const next = () => {
      hash = (hash + 0x9e3779b9) | 0;
      return mix(hash);
    };
    // The state must not be all zero.
    this.state = Int32Array.of(next() | 1, next(), next(), next());
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const { state } = this;
    const s0 = state[0] as number;
    const s1 = state[1] as number;
    const s2 = (state[2] as number) ^ s0;
    const s3 = (state[3] as number) ^ s1;
    state[0] = s0 ^ s3;
    state[1] = s1 ^ s2;
    state[2] = s2 ^ (s1 << 9);
    state[3] = rotate(s3, 11);
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
