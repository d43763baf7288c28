import { realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { isWithin } from '../runs/contained-path';

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

/** A file that lies in a folder, links followed. */
export interface ContainedFile {
  /** Within the folder, parts separated by `/`. */
  path: string;
  /** Its real, absolute path. */
  file: string;
  mediaType: string;
}

/**
 * The file of a folder that the path of an address names, `/` being `index.html`. null when there is none, or when the path leads
 * out of the folder: by `..`, encoded or not, as an absolute path, by a symbolic link.
 *
 * @param encodedPath as it stands in the address, still percent-encoded, without query and fragment
 */
export async function findContainedFile(folder: string, encodedPath: string): Promise<ContainedFile | null> {
  const path = soundPath(encodedPath);
  if (path === null) return null;
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    if (!isWithin(root, file) || !(await stat(file)).isFile()) return null;
    return { path, file, mediaType: MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream' };
  } catch {
    // Not there, or not to be read.
    return null;
  }
}

/** The path within the folder, decoded once; null when it cannot be one. */
function soundPath(encodedPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(encodedPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/')) return null;
  if (decoded === '/') return 'index.html';
  const path = decoded.slice(1);
  // A backslash and a colon mean something on Windows; no file of the build has either.
  const isSound = !/[\\:\0]/.test(path) && !isAbsolute(path) && !path.split('/').includes('..');
  return isSound ? path : null;
}
