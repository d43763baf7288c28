import { HIGHEST_MAX_RATE } from '../../../shared/scenario/schema-values';

/** us */
const SECOND_US = 1_000_000;

/**
 * Lets a shard begin at most its share of so many requests in any second. Requests beyond it are held back, in the order in which
 * they came, and let go evenly. What it held is counted, so that nobody mistakes it for the backend. Times are us of the run's clock.
 */
export class RateGuard {
  /** When the last requests began (or are to begin), as many as one window may have; a ring. */
  private readonly begins: Float64Array;
  private next = 0;
  /** A second, or longer where the share is below one request a second. us */
  private readonly windowUs: number;
  private readonly intervalUs: number;
  /** When the last one that was held back is to begin. us */
  private lastHeldUs = Number.NEGATIVE_INFINITY;
  private waiting = 0;
  private heldSinceTake = 0;

  /** @param rate requests a second that this shard may begin, above 0 */
  constructor(rate: number) {
    const capacity = Math.min(HIGHEST_MAX_RATE, Math.max(1, Math.floor(rate)));
    this.begins = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
    this.intervalUs = SECOND_US / rate;
    this.windowUs = capacity * this.intervalUs;
  }

  /** When the request that wants to begin at `nowUs` may: then, or later. One that is later counts as held back until `letGo`. */
  reserve(nowUs: number): number {
    const earliestUs = (this.begins[this.next] as number) + this.windowUs;
    if (earliestUs <= nowUs && this.waiting === 0) {
      this.note(nowUs);
      return nowUs;
    }
    const beginUs = Math.ceil(Math.max(nowUs, earliestUs, this.lastHeldUs + this.intervalUs));
    this.note(beginUs);
    this.lastHeldUs = beginUs;
    this.waiting++;
    this.heldSinceTake++;
    return beginUs;
  }

  /** One that was held back begins, or will never begin. */
  letGo(): void {
    this.waiting--;
  }

  /** Counts requests that went out without having asked: redirects that were followed, requests sent again. */
  charge(requests: number, nowUs: number): void {
    for (let i = 0; i < requests; i++) {
      this.note(Math.max(nowUs, (this.begins[this.next] as number) + this.windowUs));
    }
  }

  /** Requests that were held back at any time since the last call. */
  takeHeld(): number {
    const held = this.heldSinceTake;
    this.heldSinceTake = this.waiting;
    return held;
  }

  private note(beginUs: number): void {
    this.begins[this.next] = beginUs;
    this.next = (this.next + 1) % this.begins.length;
  }
}
