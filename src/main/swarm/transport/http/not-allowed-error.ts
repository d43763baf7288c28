/** A host may not be sent load. */
export class NotAllowedError extends Error {
  override name = 'NotAllowedError';
  /** As system errors have one: `error-names.ts` goes by it. */
  readonly code = 'ERR_NOT_ALLOWED';

  /** @param why what is known of the host, as the end of a sentence that begins with its name */
  constructor(hostname: string, why: string) {
    super(`${hostname} ${why}, and was not confirmed as a host that may be tested; nothing was sent to it.`);
  }
}
