import type { RunEvent } from '../stats/frame';
import type { LogEntry, OpenedDocument, RunSnapshot, SecondView, Settings } from './types';

/** The browser host closes the socket of the events with this code when the token is wrong or does not come. */
export const CLOSE_TOKEN = 4401;

/** The browser host gives a sign of life as often as this, ms: `{}`, which is no event. Without it a page could not tell a quiet server from none. */
export const SIGN_OF_LIFE_MS = 15_000;

/** Of the log of a run main keeps, and a page shows, the newest so many. */
export const MAX_LOG_ENTRIES = 1_000;

/** What main tells the renderer without being asked. At most a few a second; a second of a run is one event, never one a request. */
export interface ApiEvents {
  /** A second of the run that is on, and the statistics as of then. */
  'run.second': { runId: number; second: SecondView; snapshot: RunSnapshot };
  /** A run began, was edited, is stopping, has ended; or its statistics were reset. */
  'run.status': { runId: number; snapshot: RunSnapshot };
  'run.event': { runId: number; event: RunEvent };
  'run.log': { runId: number; entry: LogEntry };
  /** The list of runs is not what it was: read it again. */
  'history.changed': Record<string, never>;
  /** Show this document (opened by double click, from the menu or the command line). */
  'document.open': OpenedDocument;
  /** An action of the menu or of a shortcut that the system holds; ids as in the renderer's action list. */
  action: { id: string };
  'settings.changed': Settings;
  /** The app was told to close, and waits for the run that is on to stop. */
  'app.closing': Record<string, never>;
  /** The demo backend was started or stopped. */
  'demo.status': { url: string | null };
}

export type ApiEventName = keyof ApiEvents;

export const API_EVENTS: readonly ApiEventName[] = [
  'run.second',
  'run.status',
  'run.event',
  'run.log',
  'history.changed',
  'document.open',
  'action',
  'settings.changed',
  'app.closing',
  'demo.status',
];
