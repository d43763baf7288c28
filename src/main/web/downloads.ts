import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DownloadFile } from '../../shared/api/types';
import type { PendingExport } from '../api/host-files';
import { WEB_SAFETY_HEADERS } from './safety-headers';

export const DOWNLOADS_PATH = '/downloads/';

/** How long a file waits for the browser that asked for it, ms. */
const WAIT_MS = 10 * 60_000;

interface Waiting {
  path: string;
  name: string;
  mediaType: string;
  timer: NodeJS.Timeout;
}

/**
 * Exports on their way to a browser: written to a folder that only this user can read, and handed out once each, for a ticket. A
 * browser saves such a file piece by piece, so that it lies neither in this process nor in the page as a whole.
 */
export class Downloads {
  private folder: Promise<string> | undefined;
  private readonly waiting = new Map<string, Waiting>();

  /** Has the files written and returns where a browser finds them. */
  async prepare({ files, write }: PendingExport): Promise<DownloadFile[]> {
    this.folder ??= mkdtemp(join(tmpdir(), 'nodeswarm-downloads-'));
    const folder = await this.folder;
    const tickets = files.map(() => randomBytes(24).toString('base64url'));
    const paths = tickets.map((ticket) => join(folder, ticket));
    await write(paths);
    return files.map(({ name, mediaType }, index) => {
      const ticket = tickets[index] as string;
      const path = paths[index] as string;
      const timer = setTimeout(() => void this.drop(ticket), WAIT_MS).unref();
      this.waiting.set(ticket, { path, name, mediaType, timer });
      return { name, url: DOWNLOADS_PATH + ticket };
    });
  }

  /** Answers with the file of a ticket. false when there is none (any more). */
  async serve(ticket: string, response: ServerResponse): Promise<boolean> {
    const file = this.waiting.get(ticket);
    if (!file) return false;
    this.waiting.delete(ticket);
    clearTimeout(file.timer);
    const handle = await open(file.path);
    try {
      const { size } = await handle.stat();
      response.writeHead(200, {
        ...WEB_SAFETY_HEADERS,
        'content-type': file.mediaType,
        'content-length': size,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'cache-control': 'no-store',
        // An HTML report is to be saved; opened from here it would be a page of this server.
        'content-security-policy': 'sandbox',
      });
      await pipeline(handle.createReadStream({ autoClose: false, end: Math.max(0, size - 1) }), response);
    } finally {
      await handle.close();
      await rm(file.path, { force: true });
    }
    return true;
  }

  /** Removes what nobody has fetched. */
  async close(): Promise<void> {
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    if (this.folder) await rm(await this.folder, { recursive: true, force: true });
  }

  private async drop(ticket: string): Promise<void> {
    const file = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    // What cannot be removed now goes with the folder.
    if (file) await rm(file.path, { force: true }).catch(() => undefined);
  }
}
