import { resolve } from 'node:path';

/** What scenario files end with. */
const SCENARIO_FILE = /\.json$/i;

/**
 * The scenario file named on a command line, as an absolute path, or null. Passed over are switches, which Chromium and the system
 * add in any place, and whatever else is no scenario: the program and, in a development build, its script.
 */
export function documentInArguments(argv: readonly string[], workingFolder: string): string | null {
  const named = argv.slice(1).find((argument) => !argument.startsWith('-') && SCENARIO_FILE.test(argument));
  return named === undefined ? null : resolve(workingFolder, named);
}
