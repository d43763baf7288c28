import type { ApiClient } from '../../shared/api/client';
import type { OpenedDocument, RecentFile } from '../../shared/api/types';
import { CREDENTIAL_NOT_KEPT } from '../../shared/scenario/without-credentials';
import { toasts } from '../ui/toasts';
import { readAppInfo, useApp } from './app-store';
import { downloadText, pickTextFile } from './browser-files';
import { documentActions, useDocument } from './document-store';
import { textOfDocument } from './document-text';
import { suggestedFileName } from './file-name';
import { newScenario } from './new-scenario';
import { ask } from './question-store';
import { keepRecentScenario } from './recent-scenarios';
import { viewActions } from './view-store';

/** Opening, saving and leaving documents, on either host. Failures reach the user as toasts. */
export interface DocumentFiles {
  create(): Promise<void>;
  /** The user chooses. */
  open(): Promise<void>;
  openRecent(file: RecentFile): Promise<void>;
  forgetRecent(): Promise<void>;
  openSample(id: string): Promise<void>;
  /** Shows a document that came by itself: dropped, double-clicked. */
  show(document: OpenedDocument): Promise<void>;
  /** Whether it was saved. */
  save(options?: { asNew?: boolean }): Promise<boolean>;
}

export function createDocumentFiles(api: ApiClient): DocumentFiles {
  const isDesktop = () => useApp.getState().info?.host === 'desktop';

  /** Asks what to do with unsaved changes; true: go on. */
  async function mayLeave(): Promise<boolean> {
    const { dirty, document } = useDocument.getState();
    if (!dirty) return true;
    const answer = await ask({
      title: `Save the changes to ${document?.name ? `“${document.name}”` : 'the scenario'}?`,
      description: 'Without saving, the changes since the last time you saved are lost.',
      answers: [
        { id: 'cancel', label: 'Cancel' },
        { id: 'discard', label: 'Discard changes' },
        { id: 'save', label: 'Save', variant: 'primary' },
      ],
    });
    if (answer === 'save') return save();
    return answer === 'discard';
  }

  /** Whether it is shown. */
  async function show(opened: OpenedDocument, options?: { isNew: boolean }): Promise<boolean> {
    if (!(await mayLeave())) return false;
    documentActions.load(opened, options);
    viewActions.show({ name: 'editor' });
    return true;
  }

  /** Shows a scenario of the user's own. */
  async function showAndKeep(opened: OpenedDocument): Promise<void> {
    if (await show(opened)) await keepRecentScenario(api, opened.text);
  }

  /** Desktop. Without a path the user chooses. */
  async function openFile(path?: string): Promise<void> {
    // The question comes first: a dialog to choose a file would be for nothing.
    if (!(await mayLeave())) return;
    const opened = await api.call('scenarios.open', path === undefined ? {} : { path });
    if (!opened) return;
    documentActions.load(opened);
    viewActions.show({ name: 'editor' });
    await readAppInfo(api);
  }

  async function save({ asNew = false } = {}): Promise<boolean> {
    const { path, document } = useDocument.getState();
    const text = documentActions.currentText();
    const suggestedName = suggestedFileName(document?.name ?? '');
    if (!isDesktop()) {
      downloadText(suggestedName, text);
      documentActions.markSaved(null, text);
      toasts.success(`${suggestedName} was passed to the browser to save.`);
      await keepRecentScenario(api, text);
      return true;
    }
    const saved = await api.call('scenarios.save', { path: asNew ? null : path, suggestedName, text });
    if (!saved) return false;
    documentActions.markSaved(saved.path, text);
    await readAppInfo(api);
    return true;
  }

  return {
    create: reported(async () => void (await show({ path: null, text: textOfDocument(newScenario()) }, { isNew: true }))),
    open: reported(async () => {
      if (isDesktop()) return openFile();
      const file = await pickTextFile();
      if (file) await showAndKeep({ path: null, text: file.text });
    }),
    openRecent: reported(async ({ name, path }) => {
      if (path !== null) return openFile(path);
      const opened = await api.call('scenarios.openRecent', { name });
      await showAndKeep(opened);
      if (opened.text.includes(CREDENTIAL_NOT_KEPT) && documentActions.currentText() === opened.text) {
        toasts.info(`Credentials written out in it (a password, a token) were not kept: they now read ${CREDENTIAL_NOT_KEPT}.`);
      }
    }),
    forgetRecent: reported(async () => {
      try {
        await api.call('scenarios.forgetRecent', {});
      } finally {
        // They are forgotten until the program ends even where that could not be written.
        await readAppInfo(api);
      }
    }),
    openSample: reported(async (id) => void (await show(await api.call('scenarios.openSample', { id })))),
    show: reported(showAndKeep),
    save: async (options) => {
      try {
        return await save(options);
      } catch (error) {
        toasts.error(error);
        return false;
      }
    },
  };
}

/** The same, with failures told in a toast. */
function reported<Arguments extends unknown[]>(
  work: (...values: Arguments) => Promise<void>,
): (...values: Arguments) => Promise<void> {
  return async (...values) => {
    try {
      await work(...values);
    } catch (error) {
      toasts.error(error);
    }
  };
}
