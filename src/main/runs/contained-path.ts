import { isAbsolute, relative, sep } from 'node:path';

/** Whether an absolute path is a folder or lies below it. Looks at the paths only: links must have been followed. */
export function isWithin(folder: string, path: string): boolean {
  const fromFolder = relative(folder, path);
  return fromFolder !== '..' && !fromFolder.startsWith(`..${sep}`) && !isAbsolute(fromFolder);
}
