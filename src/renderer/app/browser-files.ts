import type { DownloadFile } from '../../shared/api/types';

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
      file.text().then(
        (text) => resolve({ name: file.name, text }),
        () => reject(new Error(`${file.name} could not be read. Check that it still exists and that you may read it.`)),
      );
    });
    input.click();
  });
}

/** Hands a text to the browser to save. */
export function downloadText(name: string, text: string): void {
  download(name, new Blob([text], { type: 'application/json' }));
}

/** Hands files of a reply to the browser to save. */
export function downloadFiles(files: readonly DownloadFile[]): void {
  for (const { name, mediaType, content } of files) {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    download(name, new Blob([bytes], { type: mediaType }));
  }
}

function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser needs the address for a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
