import type { ApiClient } from '../../../../shared/api/client';
import { MAX_LOG_ENTRIES } from '../../../../shared/api/events';
import type { LogEntry, RunSnapshot, SecondView } from '../../../../shared/api/types';
import { throttled } from '../../../app/throttled';
import { errorSentence } from '../../../ui/toasts';
import { RunColumns } from './run-columns';

/** Everything of the view but the course of the run; a new object with every change, at most four a second. */
export interface RunViewState {
  /** none: there was no run since the app started. */
  stage: 'loading' | 'none' | 'failed' | 'ready';
  /** Why it failed, as a sentence. */
  error: string | null;
  snapshot: RunSnapshot | null;
  running: boolean;
  log: readonly LogEntry[];
  /** Whether the seconds stored so far are there. */
  course: 'loading' | 'ready' | 'failed';
  courseError: string | null;
  /** Series whose course is there. */
  seriesRead: ReadonlySet<number>;
  /** Why that of another one could not be read, as a sentence. */
  seriesError: string | null;
}

const NOTHING: RunViewState = {
  stage: 'loading',
  error: null,
  snapshot: null,
  running: false,
  log: [],
  course: 'loading',
  courseError: null,
  seriesRead: new Set(),
  seriesError: null,
};

const UPDATE_MS = 250;
/** A second reaches the store a little later than the view. */
const GAP_RETRY_MS = 2_500;
const GAP_RETRIES = 3;

/**
 * The run that a view shows, live or stored: reads it, follows it while it is on, and reads it again from the store once it has ended. Who comes late
 * gets the course so far first. Knows no React; the course is in `columns`, which charts draw from.
 */
export class RunViewModel {
  columns = new RunColumns();
  private state = NOTHING;
  private pending: Partial<RunViewState> = {};
  private readonly listeners = new Set<() => void>();
  private readonly dataListeners = new Set<() => void>();
  private readonly seriesAsked = new Set<number>();
  private readonly ends: (() => void)[];
  private readonly flush = throttled(UPDATE_MS, () => this.publish());
  private runId: number | null = null;
  /** Goes up with each reading; what an older one brings is dropped. */
  private reading = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private seriesRetry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: ApiClient,
    private readonly target: number | 'current',
  ) {
    this.ends = [
      api.on('run.second', ({ runId, second, snapshot }) => this.onSecond(runId, second, snapshot)),
      api.on('run.status', ({ runId, snapshot }) => this.onStatus(runId, snapshot)),
      api.on('run.event', ({ runId, event }) => {
        const snapshot = this.newest().snapshot;
        if (runId === this.runId && snapshot) this.change({ snapshot: { ...snapshot, events: [...snapshot.events, event] } });
      }),
      api.on('run.log', ({ runId, entry }) => {
        if (runId === this.runId) this.change({ log: [...this.newest().log, entry].slice(-MAX_LOG_ENTRIES) });
      }),
      api.onOnlineChange((online) => {
        if (online) void this.load();
      }),
    ];
    void this.load();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): RunViewState => this.state;

  /** Calls whenever `columns` has something new. */
  onData(listener: () => void): () => void {
    this.dataListeners.add(listener);
    return () => this.dataListeners.delete(listener);
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    const reading = ++this.reading;
    try {
      const current = await this.api.call('runs.current', {});
      const snapshot =
        this.target === 'current' ? (current?.snapshot ?? null) : await this.api.call('runs.read', { id: this.target });
      if (reading !== this.reading) return;
      if (!snapshot) {
        this.runId = null;
        this.changeNow({ ...NOTHING, stage: 'none' });
        return;
      }
      const isCurrent = current?.snapshot.record.id === snapshot.record.id;
      this.begin(snapshot, isCurrent ? current.log : []);
      await this.loadCourse(reading);
    } catch (error) {
      if (reading === this.reading) this.changeNow({ stage: 'failed', error: errorSentence(error) });
    }
  }

  /** Reads the course of series whose charts are to be drawn, as far as it is not there; from now on their seconds are kept. */
  async loadSeries(wanted: readonly number[], retries = GAP_RETRIES): Promise<void> {
    const { runId, reading } = this;
    if (runId === null) return;
    const read: number[] = [];
    let seriesError: string | null = null;
    if (this.newest().seriesError !== null) this.changeNow({ seriesError });
    for (const series of wanted) {
      if (this.seriesAsked.has(series)) continue;
      this.seriesAsked.add(series);
      this.columns.keepSeries(series);
      try {
        const course = await this.api.call('runs.course', { id: runId, series });
        if (reading !== this.reading || runId !== this.runId) return;
        this.columns.putSeriesCourse(series, course);
        read.push(series);
      } catch (error) {
        if (reading !== this.reading || runId !== this.runId) return;
        this.seriesAsked.delete(series);
        seriesError = errorSentence(error);
        break;
      }
    }
    if (read.length > 0 || seriesError !== null)
      this.changeNow({ seriesRead: new Set([...this.newest().seriesRead, ...read]), seriesError });
    // Once for all: twenty series would draw everything twenty times.
    if (read.length > 0) this.tellData();
    const incomplete = () => [...this.newest().seriesRead].filter((series) => this.columns.hasSeriesGaps(series));
    if (retries === 0 || !this.newest().running || incomplete().length === 0) return;
    clearTimeout(this.seriesRetry);
    this.seriesRetry = setTimeout(() => {
      if (reading !== this.reading || runId !== this.runId) return;
      const again = incomplete();
      for (const series of again) this.seriesAsked.delete(series);
      void this.loadSeries(again, retries - 1);
    }, GAP_RETRY_MS);
  }

  dispose(): void {
    this.reading++;
    clearTimeout(this.retry);
    clearTimeout(this.seriesRetry);
    this.flush.cancel();
    for (const end of this.ends) end();
  }

  private begin(snapshot: RunSnapshot, log: readonly LogEntry[]): void {
    const { id, status } = snapshot.record;
    const isAnother = id !== this.runId;
    const { course } = this.newest();
    if (isAnother) {
      this.columns = new RunColumns();
      this.seriesAsked.clear();
    }
    this.runId = id;
    this.changeNow({
      stage: 'ready',
      error: null,
      snapshot,
      running: status === 'running',
      log,
      courseError: null,
      course: isAnother || course === 'failed' ? 'loading' : course,
      ...(isAnother && { seriesRead: new Set<number>(), seriesError: null }),
    });
  }

  private async loadCourse(reading: number, retries = GAP_RETRIES): Promise<void> {
    const id = this.runId;
    if (id === null) return;
    try {
      const [course, heat] = await Promise.all([
        this.api.call('runs.course', { id, series: null }),
        this.api.call('runs.heat', { id, series: null }),
      ]);
      if (reading !== this.reading) return;
      this.columns.putCourse(course);
      this.columns.putHeatText(course.second, heat);
      this.changeNow({ course: 'ready', courseError: null });
      this.tellData();
      const shown = [...this.seriesAsked];
      this.seriesAsked.clear();
      void this.loadSeries(shown);
      if (this.newest().running && retries > 0 && this.columns.hasGaps()) {
        this.retry = setTimeout(() => void this.loadCourse(reading, retries - 1), GAP_RETRY_MS);
      }
    } catch (error) {
      if (reading === this.reading) this.changeNow({ course: 'failed', courseError: errorSentence(error) });
    }
  }

  private onSecond(runId: number, second: SecondView, snapshot: RunSnapshot): void {
    if (this.takesOver(runId, snapshot)) return;
    if (runId !== this.runId) return;
    this.columns.putSecond(second);
    this.change({ snapshot, running: snapshot.record.status === 'running' });
    this.tellData();
  }

  private onStatus(runId: number, snapshot: RunSnapshot): void {
    if (this.takesOver(runId, snapshot)) return;
    if (runId !== this.runId) return;
    const hasEnded = this.newest().running && snapshot.record.status !== 'running';
    this.changeNow({ snapshot, running: snapshot.record.status === 'running' });
    if (hasEnded) void this.load();
  }

  /** Another run has begun, and this view shows the one that is on. */
  private takesOver(runId: number, snapshot: RunSnapshot): boolean {
    if (this.target !== 'current' || runId === this.runId || snapshot.record.status !== 'running') return false;
    this.runId = null;
    this.changeNow({ ...NOTHING });
    void this.load();
    return true;
  }

  private newest(): RunViewState {
    return { ...this.state, ...this.pending };
  }

  private change(change: Partial<RunViewState>): void {
    Object.assign(this.pending, change);
    this.flush.call();
  }

  private changeNow(change: Partial<RunViewState>): void {
    Object.assign(this.pending, change);
    this.flush.now();
  }

  private publish(): void {
    this.state = this.newest();
    this.pending = {};
    for (const listener of this.listeners) listener();
  }

  private tellData(): void {
    for (const listener of this.dataListeners) listener();
  }
}
