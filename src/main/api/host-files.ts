import type { DownloadFile, OpenedDocument } from '../../shared/api/types';
import type { ExportedFile } from '../exports/export-files';

/** A scenario on its way to a file. */
export interface SavedDocument {
  /** Where it is to go; null: where the user says. */
  path: string | null;
  /** File name for a dialog. */
  suggestedName: string;
  text: string;
}

/** What the title of a window and the question on closing go by. */
export interface DocumentState {
  name: string;
  path: string | null;
  /** Has changes that are not saved. */
  dirty: boolean;
}

/** An export that is not written yet. */
export interface PendingExport {
  files: ExportedFile[];
  /** Writes them to these absolute paths, one for each file, in a process of its own: all of them complete or none. Rejects with `ReportWriteError`. */
  write(paths: string[]): Promise<void>;
}

/** Where an export went: on disk (absolute paths), or to where the browser fetches and saves it. */
export interface ExportedTo {
  saved: string[];
  downloads: DownloadFile[];
}

/**
 * What differs by host where files are concerned: the desktop asks with dialogs and writes to disk, the browser opens and saves by itself.
 * Methods reject with an `ApiError` whose message is a sentence for the user.
 */
export interface HostFiles {
  readonly host: 'desktop' | 'browser';
  /** Reads the scenario at `path`; without a path the one that the user picks. null: the user cancelled. */
  open(path: string | undefined): Promise<OpenedDocument | null>;
  /** null: the user cancelled. */
  save(document: SavedDocument): Promise<{ path: string } | null>;
  /** All of the files together, or none. null: the user cancelled. */
  export(pending: PendingExport): Promise<ExportedTo | null>;
  /** A document was opened, edited or saved. */
  documentChanged(state: DocumentState): void;
  /** A file was opened or saved; for the system's list of recent documents. The API keeps its own list. */
  noteRecent(path: string): void;
  /** Empties the system's list. */
  forgetRecent(): void;
}
