import { useEffect } from 'react';
import type { ApiClient } from '../../shared/api/client';
import type { RecoveryInfo } from '../../shared/api/types';
import { formatShortMoment } from '../ui/format';
import { errorSentence, toasts } from '../ui/toasts';
import { followApp, readAppInfo, useApp } from './app-store';
import type { DocumentFiles } from './document-files';
import { documentActions } from './document-store';
import { documentOfText } from './document-text';
import { followDocument } from './follow-document';
import { keepDocument, restoreKeptDocument } from './kept-document';
import { ask } from './question-store';
import { followRun } from './run-store';
import { followLocation, viewActions } from './view-store';

/** Connects the stores with main as long as the app is there, and shows what it is to begin with. */
export function useStart(api: ApiClient, files: DocumentFiles, onError: (message: string | null) => void): void {
  useEffect(() => {
    let gone = false;
    const ends = [
      followLocation(),
      followApp(api),
      followRun(api, (error) => api.online && toasts.error(error)),
      followDocument(api),
      keepDocument(),
      api.on('document.open', (opened) => void files.show(opened)),
      api.onOnlineChange((online) => {
        if (online && useApp.getState().info === null) void begin();
      }),
    ];

    async function begin(): Promise<void> {
      try {
        const info = await readAppInfo(api);
        if (gone) return;
        onError(null);
        // A reload is no crash: what the tab had is there again.
        if (restoreKeptDocument()) return;
        const { recovery, openDocument } = info;
        const restored = recovery !== null && (await isToBeRestored(recovery));
        if (gone) return;
        if (recovery && restored) {
          documentActions.load({ path: recovery.path, text: recovery.text }, { unsaved: true });
          viewActions.show({ name: 'editor' });
          return;
        }
        if (recovery) await api.call('scenarios.autosave', { path: recovery.path, text: '' });
        if (openDocument) await files.show(openDocument);
      } catch (error) {
        if (!gone) onError(errorSentence(error));
      }
    }

    void begin();
    return () => {
      gone = true;
      for (const end of ends) end();
    };
  }, [api, files, onError]);
}

async function isToBeRestored({ path, text, savedAt }: RecoveryInfo): Promise<boolean> {
  const name = documentOfText(text)?.name;
  const what = name ? `“${name}”` : 'A scenario';
  const answer = await ask({
    title: 'Restore unsaved changes?',
    description: `${what}${path === null ? '' : ` (${path})`} has unsaved changes. They were kept on ${formatShortMoment(savedAt)}.`,
    answers: [
      { id: 'discard', label: 'Discard changes' },
      { id: 'restore', label: 'Restore', variant: 'primary', focused: true },
    ],
  });
  // Leaving the question is no answer: nothing is thrown away.
  return answer !== 'discard';
}
