import type { DownloadFile } from '../../shared/api/types';
import { fileText } from './file-text';

/** Lets the user choose a file; null when cancelled. */
export function pickTextFile(): Promise<{ name: string; text: string } | null> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (!file) return resolve(null);
      fileText(file).then((text) => resolve({ name: file.name, text }), reject);
    });
    input.click();
  });
}

/** Hands a text to the browser to save. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  save(name, url);
  // The browser needs the address for a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Has the browser fetch and save files that the server keeps for it. */
export function downloadFiles(files: readonly DownloadFile[]): void {
  for (const { name, url } of files) save(name, url);
}

function save(name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
