import type { Stats } from 'node:fs';

/** The program's own streams and the bin: named on purpose, and open already, so that nothing is waited for. */
const OWN_STREAM = /^\/(?:dev\/(?:null|stdout|stderr|fd\/\d+)|proc\/self\/fd\/\d+)$/;
const BY_NUMBER = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/;

/** The descriptor that a name such as `/dev/stdout` or `/proc/self/fd/3` stands for; null where it is none of this process. */
export function ownDescriptor(path: string): number | null {
  if (path === '/dev/stdout') return 1;
  if (path === '/dev/stderr') return 2;
  const [, number] = BY_NUMBER.exec(path) ?? [];
  return number === undefined ? null : Number(number);
}

/**
 * What stands at `path` and cannot become a report, as a noun with its article; null where a report can be written. Opening a pipe waits
 * until somebody reads, without end, and what goes to a device is lost or harms: of these, only `/dev/null` and the streams that the
 * program was started with (`/dev/stdout`, `/dev/fd/63` of a shell's `>(…)`) are written to.
 */
export function unfitForReport(path: string, found: Stats): string | null {
  if (found.isFile()) return null;
  if (found.isDirectory()) return 'a folder';
  // Not even one of its own can be opened by its name.
  if (found.isSocket()) return 'a socket';
  if (OWN_STREAM.test(path)) return null;
  return found.isFIFO() ? 'a pipe' : 'a device';
}
