import { ApiError } from '../../shared/api/reply';
import type { ExportedTo, HostFiles, PendingExport } from '../api/host-files';
import type { Downloads } from './downloads';

/**
 * Files of the browser host: the browser opens and saves scenarios by itself (upload and download), exports are fetched from
 * `downloads`. No file of this machine is read or written for a path that a page names.
 */
export class BrowserFiles implements HostFiles {
  readonly host = 'browser';

  constructor(private readonly downloads: Downloads) {}

  async open(): Promise<never> {
    throw new ApiError('refused', 'In a browser, scenarios are opened by the page itself: choose or drop the file there.');
  }

  async save(): Promise<never> {
    throw new ApiError('refused', 'In a browser, scenarios are saved by the browser itself: download the file.');
  }

  async export(pending: PendingExport): Promise<ExportedTo> {
    return { saved: [], downloads: await this.downloads.prepare(pending) };
  }

  documentChanged(): void {}

  noteRecent(): void {}

  forgetRecent(): void {}
}
