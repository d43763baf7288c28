import type { DocumentState } from '../api/host-files';

/** How long the window may take to begin or to confirm a save that it was asked for, ms. */
const SAVE_ANSWER_MS = 5000;

/** What main knows of the document in the window: whether closing would lose something, and how a save went. */
export class DocumentTracker {
  private current: DocumentState = { name: '', path: null, dirty: false };
  private pending: { resolve: (saved: boolean) => void; limit: NodeJS.Timeout | undefined } | null = null;

  get state(): DocumentState {
    return this.current;
  }

  update(state: DocumentState): void {
    this.current = state;
    if (!state.dirty) this.settle(true);
  }

  /** The document in the window is gone (the page crashed or was loaded anew): its unsaved work is in the recovery file. */
  forget(): void {
    this.current = { name: '', path: null, dirty: false };
    this.settle(false);
  }

  /** A save has begun: a dialog may be open for as long as the user likes. */
  saveBegan(): void {
    if (this.pending) clearTimeout(this.pending.limit);
  }

  /** `saved` false: it was cancelled or failed. What was saved counts only when the window says that nothing is unsaved. */
  saveEnded(saved: boolean): void {
    if (!saved) this.settle(false);
    else this.limitPending();
  }

  /** Lets the window save, and resolves to whether there is nothing unsaved any more. */
  save(request: () => void): Promise<boolean> {
    this.settle(false);
    return new Promise((resolve) => {
      this.pending = { resolve, limit: undefined };
      this.limitPending();
      request();
    });
  }

  private limitPending(): void {
    if (!this.pending) return;
    clearTimeout(this.pending.limit);
    this.pending.limit = setTimeout(() => this.settle(false), SAVE_ANSWER_MS);
  }

  private settle(saved: boolean): void {
    const { pending } = this;
    this.pending = null;
    if (!pending) return;
    clearTimeout(pending.limit);
    pending.resolve(saved);
  }
}
