import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiErrorCode, Reply } from '../../shared/api/reply';
import type { Api } from '../api/api';
import { WEB_SAFETY_HEADERS } from './safety-headers';

/** A scenario of 50 MB and what JSON makes of it. */
const LARGEST_BODY_BYTES = 60_000_000;
/** Of a longer body so much is read and thrown away: an answer before its end could be lost in a reset. */
const MOST_DISCARDED_BYTES = 3 * LARGEST_BODY_BYTES;

/**
 * Carries out `POST /api/ROUTE`. Whatever the API says is status 200, because it is an answer; other statuses say that it was not asked.
 */
export async function answerApiRequest(
  api: Api,
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    refuse(response, 415, 'invalid-input', 'The API takes JSON: content-type must be application/json.');
    return;
  }
  const body = await readBody(request);
  if (body === null) {
    refuse(response, 413, 'invalid-input', 'The request is larger than 60 MB, too large for a scenario.');
    return;
  }
  let input: unknown;
  try {
    input = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    refuse(response, 400, 'invalid-input', 'The body of the request is not JSON in UTF-8.');
    return;
  }
  sendReply(response, 200, await api.call(route, input));
}

/** Says why a request is not carried out; the rest of it is not read. */
export function refuse(response: ServerResponse, status: number, code: ApiErrorCode, message: string): void {
  response.shouldKeepAlive = false;
  sendReply(response, status, { ok: false, error: { code, message } });
}

function sendReply(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  const body = Buffer.from(JSON.stringify(reply), 'utf8');
  response.writeHead(status, {
    ...WEB_SAFETY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** null when it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_DISCARDED_BYTES) return null;
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LARGEST_BODY_BYTES) chunks.push(chunk);
    else chunks = [];
    if (bytes > MOST_DISCARDED_BYTES) break;
  }
  return bytes > LARGEST_BODY_BYTES ? null : Buffer.concat(chunks);
}
