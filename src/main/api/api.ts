import type { ApiEventName, ApiEvents } from '../../shared/api/events';
import type { Reply } from '../../shared/api/reply';
import type { OpenedDocument } from '../../shared/api/types';
import type { ProcessHost } from '../process/process-host';
import type { ResolveHost } from '../runs/permission';
import type { RunStore } from '../store/run-store';
import type { FileConsent } from './document-access';
import type { HostFiles } from './host-files';

/** What the API is built on. The host owns the store and closes it after the API. */
export interface ApiOptions {
  processHost: ProcessHost;
  store: RunStore;
  files: HostFiles;
  /** Settings, recent files and the copy of unsaved work are kept in it. */
  dataFolder: string;
  /** Of the store; shown to the user. */
  databaseFile: string;
  /** Where `{{secret.NAME}}` comes from; the environment unless told. */
  secret?: (name: string) => string | undefined;
  /** What a host name resolves to, which decides whether its test must be confirmed; the system's resolver unless told. */
  resolveHost?: ResolveHost;
  /** Folders that scenarios may read files of, beside their own. */
  allowedFolders?: readonly string[];
  /** Who may agree to other files; the user of the page, unless told. */
  fileConsent?: FileConsent;
  /** A line for whoever runs the program: what went wrong unexpectedly. Standard error unless told. */
  onLog?: (line: string) => void;
}

/** The API of the renderer, whoever serves it: the desktop over IPC, the browser host over HTTP and WebSocket. */
export interface Api {
  /** Carries out a route with an input from outside. Never rejects and never throws. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** Returns what ends the listening. */
  on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void): () => void;
  /** For events that the host itself brings about (`action`). */
  emit<Name extends ApiEventName>(name: Name, event: ApiEvents[Name]): void;
  /** Shows a document in every renderer that is there, and in one that comes before any has told of its own (`document.state`). */
  showDocument(document: OpenedDocument): void;
  /** Whether a run is on: `run.status` tells of changes. */
  readonly running: boolean;
  /**
   * An error that nobody caught, a defect of the program itself, which need not end anything: its trace goes to `onLog`, and the run that is on says
   * that there was one.
   */
  noteUncaughtError(error: unknown): void;
  /** Stops the run that is on gracefully and waits until it has ended and is stored. */
  stopRun(): Promise<void>;
  /** Stops the run, the demo backend and all that is due later. After it every call is refused. */
  close(): Promise<void>;
}
