import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { findContainedFile } from '../api/contained-files';
import { WEB_SAFETY_HEADERS, webContentPolicy } from './safety-headers';

/** The renderer's build: files whose names change with what is in them lie in `assets`. */
export class StaticFiles {
  constructor(private readonly folder: string) {}

  /**
   * Answers with a file of the folder. false when the path names no file in it (links followed).
   * `setCookie`: given along to who came by the link; the token stands in that address, so no cache keeps it.
   */
  async serve(request: IncomingMessage, response: ServerResponse, setCookie?: string): Promise<boolean> {
    const [path = ''] = (request.url ?? '/').split(/[?#]/);
    const found = await findContainedFile(this.folder, path);
    if (found === null) return false;
    const handle = await open(found.file).catch(() => null);
    if (!handle) return false;
    try {
      const info = await handle.stat();
      if (!info.isFile()) return false;
      response.writeHead(200, {
        ...WEB_SAFETY_HEADERS,
        'content-security-policy': webContentPolicy(request.headers.host ?? ''),
        'content-type': found.mediaType,
        'content-length': info.size,
        'cache-control': found.path.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
        ...(setCookie === undefined ? {} : { 'set-cookie': setCookie, 'cache-control': 'no-store' }),
      });
      if (request.method === 'HEAD') response.end();
      else await pipeline(handle.createReadStream({ autoClose: false, end: Math.max(0, info.size - 1) }), response);
      return true;
    } finally {
      await handle.close();
    }
  }
}
