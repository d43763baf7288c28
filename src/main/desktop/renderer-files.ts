import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { isAppUrl } from './app-url';
import { CONTENT_SECURITY_POLICY } from './content-policy';

/** By file extension; what is not here is never served as something that a browser would run. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Answers a request of the window: a file of the renderer's folder and nothing else. An address that leads out of it (`..`, encoded or
 * not, absolute, by a symbolic link), that belongs to another host, or that names no file is answered with an error status.
 */
export async function answerRendererRequest(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Method not allowed');
  if (!isAppUrl(request.url)) return refusal(403, 'Forbidden');
  const path = filePath(request.url);
  if (path === null) return refusal(400, 'Bad request');
  const file = await findInside(folder, path);
  if (file === null) return refusal(404, 'Not found');
  const headers = {
    'content-type': MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(await readFile(file)), { headers });
}

/** The path within the folder that an address names, decoded once; null when it cannot be one. */
function filePath(address: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname).slice(1);
  } catch {
    return null;
  }
  if (path === '') return 'index.html';
  // A backslash and a colon mean something on Windows; no file of the build has either.
  const isSound = !/[\\:\0]/.test(path) && !isAbsolute(path) && !path.split('/').includes('..');
  return isSound ? path : null;
}

/** The real path of a file if it lies in the folder, links followed; null otherwise. */
async function findInside(folder: string, path: string): Promise<string | null> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    const fromRoot = relative(root, file);
    const isOutside = fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot);
    return !isOutside && (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

function refusal(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  });
}
