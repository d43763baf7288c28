import { realpath } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { isWithin } from './contained-path';
import { RunRequestWrong } from './run';

/** Which files of this machine a scenario may have read. */
export interface FileAccess {
  /** What file names in the scenario are relative to. */
  folder: string;
  /** Files and folders that may be read: the scenario's own folder, and what the user has agreed to. */
  allowed: readonly string[];
}

/** A scenario names files that nobody has agreed to: whoever wrote it may want what is in them. `paths` are absolute. */
export class FilesNotAllowed extends RunRequestWrong {
  override name = 'FilesNotAllowed';

  constructor(readonly paths: readonly string[]) {
    const [first, ...more] = paths;
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    super(`the scenario refers to the file ${first}${others}, which is outside its folder and has not been allowed`);
  }
}

/**
 * Where the files of a scenario are, links followed, by name as written. Throws `FilesNotAllowed` with all that may not be read, however
 * they are reached: by `..`, as an absolute path, by a link. A file outside is not touched in any way; on Windows a look at
 * `\\server\share` would already log on there.
 */
export async function locateFiles(names: readonly string[], access: FileAccess): Promise<Map<string, string>> {
  const allowed = access.allowed.map((path) => resolve(access.folder, path));
  const realAllowed = await Promise.all(allowed.map(followLinks));
  const found = new Map<string, string>();
  const refused = new Set<string>();
  for (const name of names) {
    const path = resolve(access.folder, name);
    if (!allowed.some((place) => isWithin(place, path))) {
      refused.add(path);
      continue;
    }
    const real = await followLinks(path);
    if (realAllowed.some((place) => isWithin(place, real))) found.set(name, real);
    else refused.add(real);
  }
  if (refused.size > 0) throw new FilesNotAllowed([...refused]);
  return found;
}

/** The path itself where there is nothing: that is told when it is read. */
async function followLinks(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    return isAbsolute(real) ? real : path;
  } catch {
    return path;
  }
}
