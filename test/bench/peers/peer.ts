/** What a peer is to do: as many POSTs as it can. */
export interface FullSpeedWork {
  /** http://HOST:PORT or https://HOST:PORT, without a path. */
  url: string;
  seconds: number;
  /** Processors that it may use; it is told to use as many threads or processes. */
  cores: readonly number[];
  /** Threads that it is to share its connections among, as many as cores unless told. wrk only. */
  threads?: number;
  /** As many as in all other work unless told. wrk only. */
  connections?: number;
  /** HTTP/2 instead of HTTP/1.1. */
  http2?: boolean;
}

/** What a peer is to do: simulate users that send one request each and then stay connected and do nothing. */
export interface IdleWork {
  url: string;
  users: number;
  cores: readonly number[];
}

/** A load generator of somebody else, measured beside ours. */
export interface Peer {
  name: string;
  /** What differs from our work, for the tables. */
  remark: string;
  /** What differs over HTTP/2; undefined where it does not speak it. */
  http2Remark?: string;
  /** Makes it ready, once; installs it when it is missing. Resolves to its version; rejects with an Error that says why it cannot be had. */
  prepare(): Promise<string>;
  /** Requests a second. Rejects when it fails. */
  fullSpeed(work: FullSpeedWork): Promise<number>;
  /** RSS of all its processes, bytes; undefined where it does not simulate users. */
  idleMemory?(work: IdleWork): Promise<number>;
}

/** A figure that a peer printed, found by `pattern`'s first group. Throws when it is not there. */
export function printedFigure(peer: string, output: string, pattern: RegExp): number {
  const figure = Number(pattern.exec(output)?.[1] ?? Number.NaN);
  if (!Number.isFinite(figure)) throw new Error(`${peer} printed no figure that is understood: ${output.trim().slice(0, 300)}`);
  return figure;
}
