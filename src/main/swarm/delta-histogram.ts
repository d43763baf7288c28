import { BucketTally } from '../../shared/stats/bucket-tally';
import { bucketIndex, type SparseHistogram } from '../../shared/stats/histogram';

/** What was recorded in one histogram since it was last taken. Hot path: nothing is allocated. */
export class DeltaHistogram {
  private readonly tally = new BucketTally();
  private count = 0;
  private sum = 0;
  private min = 0;
  private max = 0;

  /** Counts one value (us, whole). */
  record(valueUs: number): void {
    this.tally.add(bucketIndex(valueUs), 1);
    if (this.count === 0 || valueUs < this.min) this.min = valueUs;
    if (valueUs > this.max) this.max = valueUs;
    this.sum += valueUs;
    this.count++;
  }

  /** What was recorded since the last call. */
  take(): SparseHistogram {
    const { count, sum, min, max } = this;
    const taken = this.tally.drain({ count, sum, min, max });
    this.count = 0;
    this.sum = 0;
    this.min = 0;
    this.max = 0;
    return taken;
  }
}
