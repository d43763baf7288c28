import type { LiveRun } from '../runs/run';

/** What shows a run while it is on. */
export interface RunView {
  /** Begins to show. */
  start(run: LiveRun): void;
  /** Shows a message for the user without disturbing the rest. */
  note(level: 'info' | 'warn' | 'error', text: string): void;
  /** Ends showing. May be called more than once. */
  stop(): void;
}
