import { ApiError } from '../../shared/api/reply';
import type { DownloadFile } from '../../shared/api/types';
import type { ExportedFile, ExportedTo, HostFiles } from '../api/host-files';
import { withoutBlocking } from '../reports/without-blocking';

/** What a reply can carry, bytes: a browser takes it as one text. */
const LARGEST_EXPORT_BYTES = 200 * 1024 * 1024;

/**
 * Files of the browser host: the browser opens and saves scenarios by itself (upload and download), exports travel in the reply. No
 * file of this machine is read or written for a path that a page names.
 */
export class BrowserFiles implements HostFiles {
  readonly host = 'browser';

  async open(): Promise<never> {
    throw new ApiError('refused', 'In a browser, scenarios are opened by the page itself: choose or drop the file there.');
  }

  async save(): Promise<never> {
    throw new ApiError('refused', 'In a browser, scenarios are saved by the browser itself: download the file.');
  }

  async export(files: ExportedFile[]): Promise<ExportedTo> {
    const downloads: DownloadFile[] = [];
    let bytes = 0;
    for (const { name, mediaType, text } of files) {
      const pieces: Buffer[] = [];
      for await (const piece of withoutBlocking(text)) {
        const encoded = Buffer.from(piece, 'utf8');
        bytes += encoded.length;
        if (bytes > LARGEST_EXPORT_BYTES) {
          throw new ApiError('refused', 'This export is too large for a browser; write it with "nodeswarm export" instead.');
        }
        pieces.push(encoded);
      }
      downloads.push({ name, mediaType, content: Buffer.concat(pieces).toString('base64') });
    }
    return { saved: [], downloads };
  }

  documentChanged(): void {}

  noteRecent(): void {}
}
