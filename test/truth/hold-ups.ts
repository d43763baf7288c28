import type { HoldUp } from './server/canary';

/** When something was kept from running, and for how long. */
export class HoldUps {
  private readonly all: HoldUp[] = [];

  add(heldUp: HoldUp): void {
    this.all.push(heldUp);
  }

  /** The pairs of end and length that the server's log holds. */
  static ofPairs(pairs: readonly number[]): HoldUps {
    const heldUp = new HoldUps();
    for (let at = 0; at + 1 < pairs.length; at += 2)
      heldUp.add({ endUs: pairs[at] as number, lengthUs: pairs[at + 1] as number });
    return heldUp;
  }

  /** The longest that reaches into a stretch of time, ms; 0 when there is none. */
  longestMs(fromUs: number, toUs: number): number {
    let longest = 0;
    for (const { endUs, lengthUs } of this.all) {
      if (endUs >= fromUs && endUs - lengthUs <= toUs) longest = Math.max(longest, lengthUs);
    }
    return longest / 1000;
  }

  /** How much of a stretch of time they take up, ms. */
  totalMs(fromUs: number, toUs: number): number {
    let total = 0;
    for (const { endUs, lengthUs } of this.all) {
      total += Math.max(0, Math.min(toUs, endUs) - Math.max(fromUs, endUs - lengthUs));
    }
    return total / 1000;
  }
}
