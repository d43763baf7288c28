import type { ApiClient } from '../../shared/api/client';
import { toasts } from '../ui/toasts';
import { documentActions, useDocument } from './document-store';

const AUTOSAVE_MS = 1_000;

/**
 * Tells main of the document: name, path and dirty mark at once (title of the window, question on closing), unsaved text a second after the
 * last change (recovery after a crash). Returns what ends it.
 */
export function followDocument(api: ApiClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = '';
  /** What main keeps for recovery; empty: nothing. */
  let kept = '';

  function tellState(): void {
    const { document, path, dirty } = useDocument.getState();
    const state = { name: (document?.name ?? '').slice(0, 500), path, dirty };
    const key = JSON.stringify(state);
    if (key === told) return;
    told = key;
    // A title that lags behind is no reason to disturb anyone; a server that is away says so itself.
    api.call('document.state', state).catch(() => {
      told = '';
    });
  }

  async function autosave(): Promise<void> {
    const { dirty, path } = useDocument.getState();
    const text = dirty ? documentActions.currentText() : '';
    if (text === kept) return;
    try {
      await api.call('scenarios.autosave', { path, text });
      kept = text;
    } catch (error) {
      if (api.online) toasts.error(error);
    }
  }

  const end = useDocument.subscribe((state, before) => {
    tellState();
    if (state.document === before.document && state.text === before.text && state.dirty === before.dirty) return;
    clearTimeout(timer);
    timer = setTimeout(() => void autosave(), AUTOSAVE_MS);
  });
  const endOnline = api.onOnlineChange((online) => {
    if (!online) return;
    tellState();
    void autosave();
  });
  return () => {
    end();
    endOnline();
    clearTimeout(timer);
  };
}
