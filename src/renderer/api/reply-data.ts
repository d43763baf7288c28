import { ApiError, type Reply } from '../../shared/api/reply';

/** The data of a reply; throws its `ApiError` when it is not ok, or when it is no reply at all. */
export function dataOf<T>(reply: unknown): T {
  if (!isReply<T>(reply)) throw new ApiError('internal', 'The answer could not be understood. Reload the page and try again.');
  if (reply.ok) return reply.data;
  const { code, message, details, host } = reply.error;
  throw new ApiError(code, message, details, host);
}

function isReply<T>(reply: unknown): reply is Reply<T> {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return false;
  return reply.ok === true || (reply.ok === false && 'error' in reply && typeof reply.error === 'object' && reply.error !== null);
}
