/** Every reply of the API, over IPC and over HTTP alike. */
export type Reply<T> = { ok: true; data: T } | { ok: false; error: ApiErrorData };

/**
 * invalid-input: the input breaks the route's schema. not-found: no such run, file or sample. refused: it cannot be done as asked; the message says why.
 * confirmation-required: load would go to `host`, and the user has not confirmed that it may be tested; ask, and call again with `mayTest`.
 * needs-consent: the scenario names files outside of its folder, whose paths are in `details`; ask, and call again with them as `allowFiles`.
 * conflict: something else is going on (a run). unavailable: the store, the server or a child is away. internal: a mistake of this program.
 */
export type ApiErrorCode =
  | 'invalid-input'
  | 'not-found'
  | 'refused'
  | 'confirmation-required'
  | 'needs-consent'
  | 'conflict'
  | 'unavailable'
  | 'internal';

/** `message` is one sentence for the user: what happened, why, what to do. */
export interface ApiErrorData {
  code: ApiErrorCode;
  message: string;
  /** Problems of a document, with their places. */
  details?: { path: string; message: string; expected: string }[];
  /** What has to be confirmed. */
  host?: string;
}

/** An error with its place in the API: thrown by handlers, and by clients for a reply that is not ok. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly code: ApiErrorCode,
    message: string,
    readonly details?: ApiErrorData['details'],
    readonly host?: string,
  ) {
    super(message);
  }

  toData(): ApiErrorData {
    const { code, message, details, host } = this;
    return { code, message, ...(details ? { details } : {}), ...(host === undefined ? {} : { host }) };
  }
}
