import { documentActions, useDocument } from './document-store';

const KEY = 'nodeswarm.document';

interface KeptDocument {
  path: string | null;
  text: string;
  savedText: string | null;
  /** Places that the user has not been at since they were made (see `DocumentState`). */
  untouched: string[];
}

/** Keeps the document of this tab over a reload of the page. Returns what ends it. */
export function keepDocument(storage: Storage = window.sessionStorage): () => void {
  const keep = () => void keepDocumentNow(storage);
  window.addEventListener('pagehide', keep);
  return () => window.removeEventListener('pagehide', keep);
}

/** Keeps the document as it is now; false when it is too large for that. */
export function keepDocumentNow(storage: Storage = window.sessionStorage): boolean {
  const { open, path, savedText, untouched } = useDocument.getState();
  storage.removeItem(KEY);
  if (!open) return true;
  const kept: KeptDocument = { path, savedText, text: documentActions.currentText(), untouched: [...untouched] };
  try {
    storage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    // Beyond what the browser stores. Unsaved changes are still kept by main.
    return false;
  }
}

/** Shows the document that this tab had before a reload; false when there was none. */
export function restoreKeptDocument(storage: Storage = window.sessionStorage): boolean {
  const kept = readKept(storage.getItem(KEY));
  storage.removeItem(KEY);
  if (!kept) return false;
  const { path, text, savedText, untouched } = kept;
  documentActions.load({ path, text }, { unsaved: savedText !== text, untouched });
  if (savedText !== null) documentActions.markSaved(path, savedText);
  return true;
}

function readKept(text: string | null): KeptDocument | null {
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is KeptDocument {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'path' in value &&
    (value.path === null || typeof value.path === 'string') &&
    'savedText' in value &&
    (value.savedText === null || typeof value.savedText === 'string') &&
    'untouched' in value &&
    Array.isArray(value.untouched)
  );
}
