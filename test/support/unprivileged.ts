/**
 * A command line, so that permissions of files count for it: as root it runs without the right to pass over them (Linux). It still owns root's
 * files, so what it loads may be read.
 */
export function unprivileged(command: string, args: readonly string[]): [command: string, args: string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]];
  return ['setpriv', ['--bounding-set', '-dac_override,-dac_read_search', command, ...args]];
}
