import type { SparePool, SparePools } from '../../../spare-pools';
import type { KnownHead } from './known-head';
import { type ResponseLimits, ResponseReader } from './response-reader';

/**
 * Readers for answers on their way. Most answers come in one piece, so a fleet of ten thousand nodes needs a handful of readers and not one
 * for each connection.
 */
export class ReaderPool {
  private readonly free: SparePool<ResponseReader>;

  constructor(
    private readonly limits: ResponseLimits,
    private readonly knownHead: KnownHead,
    spares: SparePools,
  ) {
    this.free = spares.create();
  }

  /** A reader at the beginning of an answer. */
  take(): ResponseReader {
    const reader = this.free.take() ?? new ResponseReader(this.limits, this.knownHead);
    reader.begin();
    return reader;
  }

  /** The answer is over. What was said of it must have been read. */
  giveBack(reader: ResponseReader): void {
    this.free.giveBack(reader);
  }
}
