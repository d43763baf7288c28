import { ApiError } from '../../shared/api/reply';
import { errorMessage } from '../../shared/text/error-text';
import type { RunStore } from '../store/run-store';

/** How long a deleted run can be restored. */
const RESTORABLE_MS = 30_000;

/** Runs on their way out: out of sight at once, deleted for good after a while or when the program ends, restored until then. */
export class RunDeletions {
  private readonly due = new Map<number, NodeJS.Timeout>();
  /** Deletions for good that are under way; they can no longer be taken back. */
  private readonly underWay = new Map<number, Promise<void>>();

  constructor(
    private readonly store: RunStore,
    /** Is told of a run that could not be deleted, which is in sight again. */
    private readonly onFailure: (line: string) => void,
    private readonly restorableMs = RESTORABLE_MS,
  ) {}

  isHidden(runId: number): boolean {
    return this.due.has(runId) || this.underWay.has(runId);
  }

  /** Throws an `ApiError` when a run is not in sight; then none is hidden. */
  requireVisible(runIds: readonly number[]): void {
    const hidden = runIds.find((id) => this.isHidden(id));
    if (hidden !== undefined) throw new ApiError('not-found', `Run ${hidden} was deleted; undo that to see it again.`);
  }

  hide(runIds: readonly number[]): void {
    for (const id of runIds) {
      if (this.isHidden(id)) continue;
      this.due.set(
        id,
        setTimeout(() => void this.deleteForGood(id), this.restorableMs),
      );
    }
  }

  /** Throws an `ApiError` when one of them cannot be restored; then none is. */
  restore(runIds: readonly number[]): void {
    const gone = runIds.find((id) => !this.due.has(id));
    if (gone !== undefined)
      throw new ApiError('not-found', `Run ${gone} cannot be restored: it is not among the runs deleted last.`);
    for (const id of runIds) {
      clearTimeout(this.due.get(id));
      this.due.delete(id);
    }
  }

  /** Deletes for good what is hidden. */
  async close(): Promise<void> {
    for (const id of [...this.due.keys()]) void this.deleteForGood(id);
    await Promise.all(this.underWay.values());
  }

  private deleteForGood(runId: number): Promise<void> {
    clearTimeout(this.due.get(runId));
    this.due.delete(runId);
    const deletion = this.store.deleteRun(runId).then(
      () => void this.underWay.delete(runId),
      (error: unknown) => {
        this.underWay.delete(runId);
        this.onFailure(`run ${runId} could not be deleted: ${errorMessage(error)}`);
      },
    );
    this.underWay.set(runId, deletion);
    return deletion;
  }
}
