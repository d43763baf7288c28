import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { OpenedDocument } from '../../shared/api/types';
import type { DocumentState, ExportedTo, HostFiles, PendingExport, SavedDocument } from '../api/host-files';
import type { DocumentTracker } from './document-tracker';
import { askReplace } from './questions';
import { readScenarioFile, withScenarioEnding, writeScenarioFile } from './scenario-files';

const SCENARIO_FILTERS: FileFilter[] = [
  { name: 'Scenarios', extensions: ['nodeswarm.json', 'json'] },
  { name: 'All files', extensions: ['*'] },
];

interface DesktopFilesOptions {
  /** Dialogs belong to it. */
  window(): BrowserWindow | null;
  document: DocumentTracker;
  onDocumentChanged(state: DocumentState): void;
}

/** Files of the desktop app: the user is asked by dialogs of the system, and what is written goes to disk. */
export class DesktopFiles implements HostFiles {
  readonly host = 'desktop';

  constructor(private readonly options: DesktopFilesOptions) {}

  async open(path: string | undefined): Promise<OpenedDocument | null> {
    const chosen = path ?? (await this.askWhatToOpen());
    return chosen === null ? null : readScenarioFile(chosen);
  }

  async save({ path, suggestedName, text }: SavedDocument): Promise<{ path: string } | null> {
    const { document } = this.options;
    document.saveBegan();
    let saved = false;
    try {
      const file = path ?? (await this.askWhereToSaveScenario(suggestedName));
      if (file === null) return null;
      await writeScenarioFile(file, text);
      saved = true;
      return { path: file };
    } finally {
      document.saveEnded(saved);
    }
  }

  async export({ files, write }: PendingExport): Promise<ExportedTo | null> {
    const [first] = files;
    if (!first) return { saved: [], downloads: [] };
    const isOne = files.length === 1;
    const target = isOne ? await this.askWhereToSave({ title: 'Save file', defaultPath: first.name }) : await this.askForFolder();
    if (target === null) return null;
    // The dialog asks about one file by itself; about those in a folder it knows nothing.
    const taken = isOne ? undefined : files.find(({ name }) => existsSync(join(target, name)));
    if (taken && !(await askReplace(this.options.window(), taken.name))) return null;
    const saved = isOne ? [target] : files.map(({ name }) => join(target, name));
    await write(saved);
    return { saved, downloads: [] };
  }

  documentChanged(state: DocumentState): void {
    this.options.document.update(state);
    this.options.onDocumentChanged(state);
  }

  noteRecent(path: string): void {
    app.addRecentDocument(path);
  }

  forgetRecent(): void {
    app.clearRecentDocuments();
  }

  private async askWhatToOpen(): Promise<string | null> {
    const window = this.options.window();
    const options: OpenDialogOptions = { title: 'Open scenario', filters: SCENARIO_FILTERS, properties: ['openFile'] };
    const { canceled, filePaths } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  }

  private async askForFolder(): Promise<string | null> {
    const window = this.options.window();
    const options: OpenDialogOptions = {
      title: 'Choose a folder for the files',
      buttonLabel: 'Save here',
      properties: ['openDirectory', 'createDirectory'],
    };
    const { canceled, filePaths } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  }

  private async askWhereToSave(options: SaveDialogOptions): Promise<string | null> {
    const window = this.options.window();
    const { canceled, filePath } = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
    return canceled || filePath === '' ? null : filePath;
  }

  private async askWhereToSaveScenario(suggestedName: string): Promise<string | null> {
    const chosen = await this.askWhereToSave({
      title: 'Save scenario',
      defaultPath: withScenarioEnding(suggestedName),
      filters: SCENARIO_FILTERS,
    });
    if (chosen === null) return null;
    const file = withScenarioEnding(chosen);
    // The dialog asked about the name without the ending.
    const isTaken = file !== chosen && existsSync(file);
    return isTaken && !(await askReplace(this.options.window(), basename(file))) ? null : file;
  }
}
