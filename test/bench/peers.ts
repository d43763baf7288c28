import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What all clients do: keep-alive POST of a small JSON body over this many connections. */
export const CONNECTIONS = 64;
const BODY = '{"temperature":42,"humidity":55.12345}';

/** A load generator, measured beside ours. */
export interface Peer {
  name: string;
  /** What differs from our work, for the table. */
  remark: string;
  /** Requests a second over `seconds`, tied to processor `cpu`; null when it cannot be had here. */
  measure(url: string, seconds: number, cpu: number): number | null;
}

/** Runs a program tied to a processor and returns what it printed. */
export function runOn(cpu: number, command: string, args: string[], timeoutSeconds = 120): string | null {
  const result = spawnSync('taskset', ['-c', String(cpu), command, ...args], {
    encoding: 'utf8',
    timeout: timeoutSeconds * 1000,
  });
  return result.status === 0 ? result.stdout : null;
}

const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-bench-'));

export const wrk: Peer = {
  name: 'wrk',
  remark: 'C, static body',
  measure(url, seconds, cpu) {
    const script = join(folder, 'post.lua');
    writeFileSync(script, `wrk.method = "POST"\nwrk.body = '${BODY}'\nwrk.headers["Content-Type"] = "application/json"\n`);
    const output = runOn(cpu, 'wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, `${url}/data`]);
    return output ? Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]) : null;
  },
};

export const autocannon: Peer = {
  name: 'autocannon',
  remark: 'Node, static body',
  measure(url, seconds, cpu) {
    const autocannonFile = join(import.meta.dirname, '../../node_modules/autocannon/autocannon.js');
    const args = [
      '-c',
      String(CONNECTIONS),
      '-d',
      String(seconds),
      '-m',
      'POST',
      '-H',
      'content-type=application/json',
      '-b',
      BODY,
      '--json',
      `${url}/data`,
    ];
    const output = runOn(cpu, 'node', [autocannonFile, ...args]);
    return output ? (JSON.parse(output) as { requests: { average: number } }).requests.average : null;
  },
};
