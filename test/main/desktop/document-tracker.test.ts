import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DocumentTracker } from '../../../src/main/desktop/document-tracker';

const DIRTY = { name: 'IoT backend', path: null, dirty: true };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('saving before closing', () => {
  it('has worked when the window says that nothing is unsaved', async () => {
    const tracker = new DocumentTracker();
    tracker.update(DIRTY);
    const saved = tracker.save(() => tracker.saveBegan());
    // The dialog may be open for long.
    await vi.advanceTimersByTimeAsync(600_000);
    tracker.saveEnded(true);
    tracker.update({ ...DIRTY, dirty: false });
    expect(await saved).toBe(true);
  });

  it('has not worked when it is cancelled, and a later save closes nothing', async () => {
    const tracker = new DocumentTracker();
    tracker.update(DIRTY);
    const saved = tracker.save(() => tracker.saveBegan());
    tracker.saveEnded(false);
    tracker.update({ ...DIRTY, dirty: false });
    expect(await saved).toBe(false);
  });

  it('has not worked when the window does not answer, or goes on being edited', async () => {
    const tracker = new DocumentTracker();
    tracker.update(DIRTY);
    const silent = tracker.save(() => {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await silent).toBe(false);
    const edited = tracker.save(() => tracker.saveBegan());
    tracker.saveEnded(true);
    tracker.update(DIRTY);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await edited).toBe(false);
  });

  it('has nothing to lose any more when the page is gone', () => {
    const tracker = new DocumentTracker();
    tracker.update(DIRTY);
    tracker.forget();
    expect(tracker.state.dirty).toBe(false);
  });
});
