import { readdirSync, readFileSync } from 'node:fs';
import { PROCESS_NAME_VARIABLE } from '../../src/main/process/child-port';

/**
 * The environment variable by which all processes of a round are found, whoever their parent is by now: each round has a folder of its own for
 * temporary files. Children get few variables, and this is one.
 */
export const MARK_VARIABLE = 'TMPDIR';

export type Role = 'main' | 'shard' | 'store';

export interface MarkedProcess {
  pid: number;
  role: Role;
}

/** The living processes whose folder for temporary files begins so: those of a round, or of a whole loop (Linux). */
export function markedProcesses(mark: string): MarkedProcess[] {
  const found: MarkedProcess[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const environment = environmentOf(entry);
    if (!environment.some((line) => line.startsWith(`${MARK_VARIABLE}=${mark}`))) continue;
    const name = environment.find((line) => line.startsWith(`${PROCESS_NAME_VARIABLE}=`)) ?? '';
    const role = name.includes('shard') ? 'shard' : name.includes('history') ? 'store' : 'main';
    found.push({ pid: Number(entry), role });
  }
  return found;
}

/** What the processes of a round are doing, for one that is stuck: role, state, where in the kernel, descriptors. */
export function describeProcesses(mark: string): string {
  const lines = markedProcesses(mark).map(({ pid, role }) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const of = (key: string) => new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(status)?.[1];
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      const files = readdirSync(`/proc/${pid}/fd`).length;
      return `${role} ${pid}: ${of('State')}, ${of('Threads')} threads, ${files} files, ${stat[11]} + ${stat[12]} ticks of CPU`;
    } catch {
      return `${role} ${pid}: gone`;
    }
  });
  return `\n${lines.join('\n')}`;
}

/** Empty for a process that is gone, and for one that only waits for its parent to notice. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
