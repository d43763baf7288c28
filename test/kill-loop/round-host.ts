/** How a host came to its end. */
export interface HostEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** What it said about what it could not do: standard error, and what the API refused. */
  said: string;
}

/** A host in which a round carries its run out. It ends by itself when the run is over. */
export interface RoundHost {
  readonly ended: Promise<HostEnd>;
  /** All that it has said so far. */
  readonly told: string;
}

export interface HostSetup {
  /** Its environment, beyond what it inherits. */
  env: Record<string, string>;
  /** The database. */
  file: string;
  /** File of the scenario, and its text. */
  scenario: { path: string; text: string };
}

/** Calls a route of the app's API; resolves with the data, or null when the call was refused. */
export type Call = (route: 'runs.start' | 'runs.current' | 'runs.list', input: unknown) => Promise<unknown>;

/**
 * What a user does: starts the run, waits until it is over, looks at the history. Resolves with what was wrong with it, or an empty text.
 * @param pause waits a moment; throws when the host has ended
 */
export async function carryOutRun(call: Call, text: string, pause: () => Promise<void>): Promise<string> {
  const started = await call('runs.start', { text, path: null, shards: 2 });
  while (started && ((await call('runs.current', {})) as { running: boolean } | null)?.running) await pause();
  // A history whose process was killed at this moment is there again with the second call.
  return (await call('runs.list', {})) || (await call('runs.list', {})) ? '' : 'the history did not come back\n';
}
