/** What a node draws for: streams of one node never disturb each other, so that timing cannot change the values it sends. */
export type RandomStream = 'values' | 'tasks' | 'waits';

const STREAM_NUMBER: Record<RandomStream, number> = { values: 1, tasks: 2, waits: 3 };

/** Rounds after which the author of sfc32 holds its state to be well mixed, however alike the seeds are. */
const WARM_UP_ROUNDS = 15;

/**
 * The random numbers of one node: sfc32 (Chris Doty-Humphrey, PractRand). Its 96 bits of seed hold the run's seed (up to 53 bits), the
 * stream and the node's index side by side, so that no two streams of a run can ever begin alike. Same seed, same node, same stream: the
 * same numbers, whatever shard the node is on.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  /** `seed`: a whole number from 0 to 2^53 - 1. `node`: its index in the fleet, below 2^32. */
  constructor(seed: number, node: number, stream: RandomStream) {
    this.a = mix(seed);
    this.b = mix(Math.floor(seed / 2 ** 32) ^ (STREAM_NUMBER[stream] << 24));
    this.c = mix(node);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.uint32();
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

/** The finaliser of splitmix32: a one-to-one mapping of 32-bit words. */
function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
