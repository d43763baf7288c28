import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import { errorMessage } from '../../shared/text/error-text';
import type { RunEnd, RunStore } from '../store/run-store';

/** Seconds that the store did not take are held up to here: more would fill the memory in a long run. */
const MAX_HELD_SECONDS = 3600;

/** At the run's end, what is still held is tried this often, with a pause in between. */
const LAST_TRIES = 3;
const LAST_PAUSE_MS = 1000;

/**
 * A store that has not answered for so long is told of: its process stands still, or its disk hangs. Longer than it waits for a lock, after which it
 * says so itself. Counted in seconds that this process has seen: the time in which it stood still itself is none of the store's.
 */
const SILENT_SECONDS = 10;

interface HeldSecond {
  second: RunSecond;
  events: RunEvent[];
}

/**
 * Hands a run's seconds to the store, in their order and one at a time. What the store does not take (a full disk, a lock) is held and tried
 * again with each later second: once the store takes it, the history is whole.
 */
export class HistoryWriter {
  private readonly held: HeldSecond[] = [];
  /** Seconds that the store does not take though it takes later ones. */
  private readonly refused: HeldSecond[] = [];
  private dropped = 0;
  private storing: Promise<void> | null = null;
  private failure: string | null = null;
  private told: string | null = null;

  /** `say` is told when the history falls behind, and when it has caught up. */
  constructor(
    private readonly store: RunStore,
    private readonly runId: number,
    private readonly say: (level: 'info' | 'error', text: string) => void,
  ) {}

  /** Seconds that are not stored, ascending. */
  get unstored(): RunSecond[] {
    return [...this.refused, ...this.held].map(({ second }) => second).sort((a, b) => a.second - b.second);
  }

  /** That the history has fallen behind, and why, until it has caught up; null while it does not. */
  get behind(): string | null {
    return this.told;
  }

  /** Why the history lacks something, as a sentence; null when it does not. */
  get gap(): string | null {
    const isWhole = this.held.length === 0 && this.refused.length === 0 && this.dropped === 0;
    return isWhole || this.failure === null ? null : `history is incomplete: ${this.failure}`;
  }

  /** Stores a second and the events since the last one, now or as soon as the store takes it. */
  add(second: RunSecond, events: RunEvent[]): void {
    if (this.held.length < MAX_HELD_SECONDS) this.held.push({ second, events });
    else this.dropped++;
    this.tryHeld();
  }

  /** Waits until everything is stored, or until the store has failed to take it a few times more. Never rejects. */
  async settle(): Promise<void> {
    await this.storing;
    for (let tries = 0; this.held.length > 0 && tries < LAST_TRIES; tries++) {
      if (tries > 0) await pause();
      await this.tryHeld();
    }
  }

  /** Stores how the run ended; null, or why that could not be done. Never rejects. */
  async finish(end: RunEnd, events: RunEvent[]): Promise<string | null> {
    const left = [...this.refused, ...this.held].flatMap((held) => held.events);
    for (let tries = 1; ; tries++) {
      try {
        await this.store.finishRun(this.runId, end, [...left, ...events]);
        return null;
      } catch (error) {
        if (tries === LAST_TRIES) return `history is incomplete: ${errorMessage(error)}`;
        await pause();
      }
    }
  }

  private tryHeld(): Promise<void> {
    this.storing ??= this.storeHeld().finally(() => {
      this.storing = null;
    });
    return this.storing;
  }

  private async storeHeld(): Promise<void> {
    for (let oldest = this.held[0]; oldest; oldest = this.held[0]) {
      if (await this.isStored(oldest)) {
        this.held.shift();
        continue;
      }
      const newest = this.held.at(-1);
      if (!newest || newest === oldest || !(await this.isStored(newest))) return;
      this.held.splice(this.held.indexOf(newest), 1);
      this.held.shift();
      // The store takes another one now. If it still does not take this one, this one must not keep the rest waiting.
      if (!(await this.isStored(oldest))) this.refused.push(oldest);
    }
    if (this.told === null) return;
    this.told = null;
    if (this.gap === null) this.say('info', 'history is complete again: the seconds that were held are stored');
  }

  private async isStored({ second, events }: HeldSecond): Promise<boolean> {
    let silentSeconds = 0;
    const watch = setInterval(() => {
      silentSeconds++;
      if (silentSeconds === SILENT_SECONDS) this.fallBehind(`the process that keeps it has not answered for ${SILENT_SECONDS} s`);
    }, 1000);
    try {
      await this.store.appendSecond(this.runId, second, events);
      return true;
    } catch (error) {
      this.failure = errorMessage(error);
      this.fallBehind(this.failure);
      return false;
    } finally {
      clearInterval(watch);
    }
  }

  /** Said once, until it has caught up. */
  private fallBehind(why: string): void {
    const isNew = this.told === null;
    this.told = `history is behind, its seconds are held until they can be stored: ${why}`;
    if (isNew) this.say('error', this.told);
  }
}

function pause(): Promise<void> {
  return sleep(LAST_PAUSE_MS);
}
