/** Exit codes of the command line. */
export const EXIT = {
  fine: 0,
  /** Requests failed or exceptions occurred; `--exit-code-on-failure` changes it. */
  failures: 1,
  /** Wrong usage or a wrong scenario. */
  usage: 2,
  /** The run, or whatever was asked for, could not be carried out. */
  impossible: 3,
  interrupted: 130,
} as const;

/** Ends a command with a sentence for the user on stderr. */
export class CommandError extends Error {
  override name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/** The command was called in a wrong way: exit code 2. */
export function usageError(sentence: string): CommandError {
  return new CommandError(sentence, EXIT.usage);
}

/** The command was called in a right way and cannot be carried out: exit code 3. */
export function impossible(sentence: string): CommandError {
  return new CommandError(sentence, EXIT.impossible);
}
