/**
 * One server with a fixed service rate and a bounded first-come-first-served queue (D/1 service): below capacity it adds one service time, above
 * capacity every answer waits longer than the one before, until the queue is full.
 */
export class ServiceQueue {
  readonly serviceUs: number;
  private freeAtUs = 0;

  /** `limit`: how many may be in the system, the one in service included. */
  constructor(
    perSecond: number,
    readonly limit: number,
  ) {
    this.serviceUs = 1_000_000 / perSecond;
  }

  /** When a request that arrives now leaves, in us of the caller's clock; null when the queue is full. */
  admit(nowUs: number): number | null {
    if (this.length(nowUs) >= this.limit) return null;
    this.freeAtUs = Math.max(this.freeAtUs, nowUs) + this.serviceUs;
    return this.freeAtUs;
  }

  /** Requests in the system: waiting or in service. */
  length(nowUs: number): number {
    // The epsilon keeps a whole number of service times whole in spite of binary fractions.
    return Math.max(0, Math.ceil((this.freeAtUs - nowUs) / this.serviceUs - 1e-6));
  }
}
