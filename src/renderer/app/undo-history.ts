/** A step that can be undone: what was before and what is after. Values share their unchanged parts, so a step costs little. */
export interface HistoryStep<Value> {
  /** What was done, as in “Undo change path”. */
  label: string;
  /** Quick changes of the same group become one step. */
  group: string | null;
  before: Value;
  after: Value;
  /** ms, of any clock */
  at: number;
}

export interface UndoHistory<Value> {
  past: readonly HistoryStep<Value>[];
  future: readonly HistoryStep<Value>[];
}

/** Changes of one group that follow each other within this time are one step. */
const GROUP_MS = 1_000;
const MAX_STEPS = 500;

export const EMPTY_HISTORY: UndoHistory<never> = { past: [], future: [] };

/** Notes a change; what had been undone cannot be redone any more. */
export function recordStep<Value>(history: UndoHistory<Value>, step: HistoryStep<Value>): UndoHistory<Value> {
  const last = history.past[history.past.length - 1];
  if (last && history.future.length === 0 && joins(last, step)) {
    return { past: [...history.past.slice(0, -1), { ...last, after: step.after, at: step.at }], future: [] };
  }
  return { past: [...history.past, step].slice(-MAX_STEPS), future: [] };
}

/** Steps back; null when there is nothing to undo. */
export function stepBack<Value>(history: UndoHistory<Value>): { history: UndoHistory<Value>; value: Value } | null {
  const step = history.past[history.past.length - 1];
  if (!step) return null;
  return { history: { past: history.past.slice(0, -1), future: [closed(step), ...history.future] }, value: step.before };
}

/** Steps forward again; null when there is nothing to redo. */
export function stepForward<Value>(history: UndoHistory<Value>): { history: UndoHistory<Value>; value: Value } | null {
  const [step, ...future] = history.future;
  if (!step) return null;
  return { history: { past: [...history.past, step], future }, value: step.after };
}

function joins<Value>(last: HistoryStep<Value>, next: HistoryStep<Value>): boolean {
  return next.group !== null && last.group === next.group && next.at - last.at <= GROUP_MS;
}

/** A step that was undone once never takes up further changes. */
function closed<Value>(step: HistoryStep<Value>): HistoryStep<Value> {
  return { ...step, group: null };
}
