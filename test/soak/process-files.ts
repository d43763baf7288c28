import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

// What Linux tells of a process in /proc. All return null, or nothing, for a process that is gone.

/** Open descriptors by kind: `socket`, `pipe`, `file`, `anon_inode:[eventpoll]`, … */
export type Descriptors = Record<string, number>;

/** Direct children, by process id. */
export function childrenOf(pid: number): number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? '').trim().split(' ').filter(Boolean).map(Number);
}

/** Its command line, or the title that it gave itself. */
export function titleOf(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

/** Bytes of memory that it occupies. */
export function residentBytes(pid: number): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

export function descriptorsOf(pid: number): Descriptors {
  const folder = `/proc/${pid}/fd`;
  const counts: Descriptors = {};
  for (const name of names(folder)) {
    const kind = kindOf(link(`${folder}/${name}`));
    if (kind !== null) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function kindOf(target: string | null): string | null {
  if (target === null) return null;
  if (target.startsWith('/')) return 'file';
  return target.startsWith('anon_inode:') ? target : (target.split(':', 1)[0] ?? target);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function link(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    // Closed since the folder was read.
    return null;
  }
}
