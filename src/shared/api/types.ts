import type { ScenarioProblem } from '../scenario/problem';
import type { Scalar } from '../scenario/schema';
import type { SeriesKey } from '../scenario/series';
import type { Phase, RunEvent } from '../stats/frame';
import type { RunReport, StretchReport } from '../stats/report';
import type { RunListItem, RunRecord } from '../stats/run';
import type { CurrentRates, CurrentTimes, SecondPercentiles } from '../stats/summary';

// Everything here is plain JSON: no NaN, no Infinity, no typed arrays. It goes over IPC and over a WebSocket alike.

/** Who serves the renderer, and what it can do. */
export interface AppInfo {
  version: string;
  /** browser: files are opened and saved by the browser itself (upload and download). */
  host: 'desktop' | 'browser';
  platform: string;
  /** Logical cores: the default number of shards is one less. */
  cores: number;
  databaseFile: string;
  samples: SampleInfo[];
  recent: RecentFile[];
  settings: Settings;
  /** A scenario that was being edited when the app was last closed or crashed with unsaved changes. */
  recovery: RecoveryInfo | null;
  /** A document to show at once: given on the command line or opened by double click. */
  openDocument: OpenedDocument | null;
}

export interface SampleInfo {
  id: string;
  name: string;
  description: string;
}

export interface RecentFile {
  /** Of the file or, where there is no path, of the scenario. */
  name: string;
  /** null in a browser: a copy of the scenario is kept, and found by its name. */
  path: string | null;
}

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  /** Row height of tables. */
  density: 'compact' | 'comfortable';
  /** The rate guard: no run begins more requests a second; null: no limit. */
  maxRequestsPerSecond: number | null;
}

export interface RecoveryInfo {
  /** Where it was saved last; null when never. */
  path: string | null;
  text: string;
  /** epoch ms */
  savedAt: number;
}

/** A scenario file as it was read. It may be broken: the renderer parses it and shows what is wrong. */
export interface OpenedDocument {
  /** null: not a file yet (a sample, a new scenario, an upload). */
  path: string | null;
  text: string;
}

/** What a node would send. */
export interface RenderedRequest {
  node: number;
  method: string;
  url: string;
  /** Request line and headers as they would be sent; secrets masked. */
  head: string;
  body: string;
}

export interface SendOnceStep {
  step: number;
  /** null for a pause, which is skipped. */
  request: RenderedRequest | null;
  response: { status: number; head: string; body: string; bodyBytes: number } | null;
  /** Stable error name and sentence; null when as expected. */
  error: { name: string; detail: string } | null;
  /** The step could not be carried out. */
  exception: string | null;
  timing: {
    connectMs: number | null;
    tlsMs: number | null;
    firstByteMs: number | null;
    bodyMs: number | null;
    totalMs: number;
  } | null;
  extracted: { variable: string; value: Scalar }[];
  expectations: { what: string; met: boolean; detail: string }[];
}

/** Latency counts of one second for the heat map: [row, requests] pairs; see `heatRow`. */
export type HeatColumn = [row: number, requests: number][];

/** One second of a run as the renderer draws it. */
export interface SecondView {
  second: number;
  lengthSeconds: number;
  phase: Phase;
  nodes: number;
  plannedNodes: number;
  valid: boolean;
  /** Why not, as sentences. */
  reasons: string[];
  scheduleLagP99Ms: number | null;
  eventLoopUtilization: number;
  total: SecondPercentiles;
  /** By index in the run's series; null where nothing happened. */
  series: (SecondPercentiles | null)[];
  heat: HeatColumn;
}

/** The whole course of a run, column by column, for charts. null where nothing happened. */
export interface RunCourse {
  second: number[];
  /** 1; a run's last second may be a part of one. */
  lengthSeconds: number[];
  phase: Phase[];
  nodes: number[];
  plannedNodes: number[];
  valid: boolean[];
  scheduleLagP99Ms: (number | null)[];
  /** Why the newest seconds that are not valid are not, as sentences; ascending, of all series together only. */
  reasons: [second: number, reasons: string[]][];
  requests: number[];
  failures: number[];
  p50: (number | null)[];
  p90: (number | null)[];
  p95: (number | null)[];
  p99: (number | null)[];
  max: (number | null)[];
}

/** Everything that the run view shows beside charts: of a run that is on, or of a stored one. */
export interface RunSnapshot {
  report: RunReport;
  record: RunRecord;
  series: SeriesKey[];
  events: RunEvent[];
  /** Over the last 10 s: rates, Aggregated and by series, and response times; null for a run that has ended. */
  current: { total: CurrentRates; series: CurrentRates[]; times: CurrentTimes } | null;
  /** Seconds since the start. */
  elapsedSeconds: number;
  /** null: until stopped. */
  plannedSeconds: number | null;
  stopping: boolean;
  /** That the history does not take the newest seconds of a run that is on, and why, without a full stop; null while it does. */
  historyBehind: string | null;
}

export interface LogEntry {
  /** epoch ms */
  at: number;
  level: 'info' | 'warn' | 'error';
  text: string;
}

/** A row of the history, with two small lines of at most 60 points. */
export interface HistoryRow extends RunListItem {
  sparkRequests: (number | null)[];
  sparkP95: (number | null)[];
}

/** A stretch of a run's clock; `to` is exclusive. */
export interface SecondWindow {
  from: number;
  to: number;
}

/** What is said of a window of a run. The samples of its failures are those that were kept of the run, which are its first. */
export interface WindowStatistics extends StretchReport {
  window: SecondWindow;
}

/** Points of a percentile spectrum: latency in ms by percentile, for a 1 - p axis. */
export type Spectrum = { percentile: number; ms: number }[];

/** A file that a browser fetches and saves. */
export interface DownloadFile {
  name: string;
  /** On the same server; can be fetched once. */
  url: string;
}

/** What a text in an editor refers to is checked again by main; problems come back with their places. */
export type Problems = ScenarioProblem[];
