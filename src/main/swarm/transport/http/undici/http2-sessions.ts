import { subscribe } from 'node:diagnostics_channel';
import type { ClientHttp2Stream, Http2Session } from 'node:http2';

/** Holds the handle of a session for as long as that of a stream of it is not collected. */
const streamHandles = new FinalizationRegistry(() => {});
let isWatching = false;

/**
 * Keeps the native part of HTTP/2 sessions until that of their streams is gone. An answer whose header fields break the rules (no `:status`, two lengths) leaves
 * fields with its stream that Node counts as memory of the session, and Node ends the process, by an assertion, when garbage collection meets the session first
 * (node_http2.cc, `~Http2Session`: `current_nghttp2_memory_ == 0`; nodejs/node issue 39951). So a backend could end a shard. To be called before the first
 * connection; more calls change nothing. Where Node keeps its handles elsewhere, nothing is held.
 */
export function keepSessionsOfStreams(): void {
  if (isWatching) return;
  isWatching = true;
  subscribe('http2.client.stream.start', (message) => {
    const { stream } = message as { stream: ClientHttp2Stream };
    const [streamHandle, sessionHandle] = [handleOf(stream), handleOf(stream.session)];
    if (streamHandle && sessionHandle) streamHandles.register(streamHandle, sessionHandle);
  });
}

/** Node's key of the object that stands for the native part of a session or a stream. */
let handleKey: symbol | undefined;

/** What stands for the native part; undefined where Node keeps it elsewhere. */
export function handleOf(owner: ClientHttp2Stream | Http2Session | undefined): object | undefined {
  if (!owner) return undefined;
  handleKey ??= Object.getOwnPropertySymbols(owner).find(({ description }) => description === 'kHandle');
  return handleKey && (owner as unknown as Record<symbol, object | undefined>)[handleKey];
}
