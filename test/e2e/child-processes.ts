import { execFileSync } from 'node:child_process';

/** The processes that a server has started, by name; with the ps of Linux. */
export function childrenOf(pid: number): { pid: number; command: string }[] {
  const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [id = '', ...command] = line.trim().split(/\s+/);
    return { pid: Number(id), command: command.join(' ') };
  });
}
