import type { ApiClient } from '../../shared/api/client';
import type { OpenedDocument } from '../../shared/api/types';
import { toasts } from '../ui/toasts';
import { readAppInfo, useApp } from './app-store';
import { downloadText, pickTextFile } from './browser-files';
import { documentActions, useDocument } from './document-store';
import { textOfDocument } from './document-text';
import { suggestedFileName } from './file-name';
import { newScenario } from './new-scenario';
import { ask } from './question-store';
import { viewActions } from './view-store';

/** Opening, saving and leaving documents, on either host. Failures reach the user as toasts. */
export interface DocumentFiles {
  create(): Promise<void>;
  /** Without a path the user chooses. */
  open(path?: string): Promise<void>;
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

  async function show(opened: OpenedDocument): Promise<void> {
    if (!(await mayLeave())) return;
    documentActions.load(opened);
    viewActions.show({ name: 'editor' });
  }

  async function save({ asNew = false } = {}): Promise<boolean> {
    const { path, document } = useDocument.getState();
    const text = documentActions.currentText();
    const suggestedName = suggestedFileName(document?.name ?? '');
    if (!isDesktop()) {
      downloadText(suggestedName, text);
      documentActions.markSaved(null, text);
      toasts.success(`${suggestedName} was handed to the browser to save.`);
      return true;
    }
    const saved = await api.call('scenarios.save', { path: asNew ? null : path, suggestedName, text });
    if (!saved) return false;
    documentActions.markSaved(saved.path, text);
    await readAppInfo(api);
    return true;
  }

  return {
    create: reported(() => show({ path: null, text: textOfDocument(newScenario()) })),
    open: reported(async (path) => {
      if (isDesktop()) {
        // The question comes first: a dialog to choose a file would be for nothing.
        if (!(await mayLeave())) return;
        const opened = await api.call('scenarios.open', path === undefined ? {} : { path });
        if (!opened) return;
        documentActions.load(opened);
        viewActions.show({ name: 'editor' });
        await readAppInfo(api);
      } else {
        const file = await pickTextFile();
        if (file) await show({ path: null, text: file.text });
      }
    }),
    openSample: reported(async (id) => show(await api.call('scenarios.openSample', { id }))),
    show: reported(show),
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
