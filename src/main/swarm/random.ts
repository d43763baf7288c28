/** What a node draws for: streams of one node never disturb each other, so that timing cannot change the values it sends. */
export type RandomStream = 'values' | 'tasks' | 'waits';

const STREAM_NUMBER: Record<RandomStream, number> = { values: 1, tasks: 2, waits: 3 };

/**
 * The random numbers of one node: sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32 from the run's seed, the node's index and
 * the stream. Same seed, same node, same stream: the same numbers, whatever shard the node is on.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number, node: number, stream: RandomStream) {
    let state = mix(mix(mix(seed | 0) ^ Math.floor(seed / 2 ** 32)) + node) + (STREAM_NUMBER[stream] as number) * 0x9e3779b9;
    const next = () => {
      state = (state + 0x9e3779b9) | 0;
      return mix(state);
    };
    this.a = next();
    this.b = next();
    this.c = next();
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1), 53 bits. */
  float(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** Uniform whole number, both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  /** Standard normal (Box and Muller, 1958); one of the pair is thrown away so that a draw has no hidden state. */
  gaussian(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return radius * Math.cos(2 * Math.PI * this.float());
  }

  /** Exponential with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.float());
  }
}

/** The finaliser of splitmix32. */
function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
