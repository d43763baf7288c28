import { open, realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentSecurityPolicy, SAFETY_HEADERS } from './safety-headers';

/** By file extension; anything else is never served as something that a browser would run. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};

/** The renderer's build: files whose names change with what is in them lie in `assets`. */
export class StaticFiles {
  constructor(private readonly folder: string) {}

  /**
   * Answers with a file of the folder. The files hold nothing but the program, so anyone who may ask at all may have them. false when
   * the path names no file in the folder (links followed).
   */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = filePath(request.url ?? '/');
    const file = path === null ? null : await this.find(path);
    if (file === null) return false;
    const handle = await open(file).catch(() => null);
    if (!handle) return false;
    try {
      const info = await handle.stat();
      if (!info.isFile()) return false;
      response.writeHead(200, {
        ...SAFETY_HEADERS,
        'content-security-policy': contentSecurityPolicy(request.headers.host ?? ''),
        'content-type': MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
        'content-length': info.size,
        'cache-control': path?.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      if (request.method === 'HEAD') response.end();
      else await pipeline(handle.createReadStream({ autoClose: false, end: Math.max(0, info.size - 1) }), response);
      return true;
    } finally {
      await handle.close();
    }
  }

  private async find(path: string): Promise<string | null> {
    try {
      const [root, file] = await Promise.all([realpath(this.folder), realpath(join(this.folder, path))]);
      const fromRoot = relative(root, file);
      return fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot) ? null : file;
    } catch {
      return null;
    }
  }
}

/** The path within the folder that a request target names, decoded once; null when it cannot be one. */
function filePath(target: string): string | null {
  const [encoded = ''] = target.split(/[?#]/);
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  if (!path.startsWith('/')) return null;
  if (path === '/') return 'index.html';
  const inside = path.slice(1);
  // A backslash and a colon mean something on Windows; no file of the build has either.
  return /[\\:\0]/.test(inside) || isAbsolute(inside) || inside.split('/').includes('..') ? null : inside;
}
