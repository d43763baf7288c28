import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What scenario files end with. */
const SCENARIO_FILE = /\.json$/i;

/**
 * The scenario file named on a command line, as an absolute path, or null. Passed over are switches, which Chromium and the system
 * add in any place, and whatever else is no scenario: the program and, in a development build, its script.
 */
export function documentInArguments(argv: readonly string[], workingFolder: string): string | null {
  const named = argv.slice(1).find((argument) => !argument.startsWith('-') && SCENARIO_FILE.test(argument));
  if (named === undefined) return null;
  // File managers of Linux hand over addresses.
  return named.startsWith('file://') ? pathOfAddress(named) : resolve(workingFolder, named);
}

function pathOfAddress(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    // Of another machine, or with an escape that is none.
    return null;
  }
}
