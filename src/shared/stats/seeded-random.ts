/**
 * Random numbers for resampling: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its state filled
 * from a text with FNV-1a and the mixing steps of MurmurHash3. The same text always gives the same numbers.
 */
export class SeededRandom {
  private readonly state = new Int32Array(4);

  constructor(text: string) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    for (let i = 0; i < 4; i++) {
      hash = (hash + 0x9e3779b9) | 0;
      this.state[i] = mix(hash);
    }
    this.state[0] = (this.state[0] as number) | 1;
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const { state } = this;
    const s1 = state[1] as number;
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    state[2] = (state[2] as number) ^ (state[0] as number);
    state[3] = (state[3] as number) ^ s1;
    state[1] = s1 ^ (state[2] as number);
    state[0] = (state[0] as number) ^ (state[3] as number);
    state[2] = (state[2] as number) ^ (s1 << 9);
    state[3] = rotate(state[3] as number, 11);
    return result;
  }

  /** Uniform in [0, 1), 32 bits. */
  float(): number {
    return this.uint32() / 2 ** 32;
  }

  /** A whole number, 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.float() * limit);
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
