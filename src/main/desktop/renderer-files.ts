import { readFile } from 'node:fs/promises';
import { findContainedFile } from '../api/contained-files';
import { contentSecurityPolicy, SAFETY_HEADERS } from '../api/page-safety';
import { isAppUrl } from './app-url';

/**
 * Answers a request of the window: a file of the renderer's folder and nothing else. An address that leads out of it (`..`, encoded or
 * not, absolute, by a symbolic link), that belongs to another host, or that names no file is answered with an error status.
 */
export async function answerRendererRequest(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Method not allowed');
  if (!isAppUrl(request.url)) return refusal(403, 'Forbidden');
  const found = await findContainedFile(folder, new URL(request.url).pathname);
  if (found === null) return refusal(404, 'Not found');
  const headers = {
    ...SAFETY_HEADERS,
    'content-type': found.mediaType,
    'content-security-policy': contentSecurityPolicy(),
    'cache-control': 'no-cache',
  };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(await readFile(found.file)), { headers });
}

function refusal(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...SAFETY_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  });
}
