import { spawnSync } from 'node:child_process';
import { runProgram } from '../measure/program';
import { CONNECTIONS, DATA_PATH, STATIC_BODY } from '../measure/work';
import { canStart, goProgram } from './installation';
import { type Peer, printedFigure } from './peer';

let program = process.env.HEY_PATH ?? 'hey';

/** Requests a second from what hey prints. */
export function heyRate(output: string): number {
  const errors = /Error distribution:[\s\S]*/.exec(output)?.[0];
  if (errors) throw new Error(`hey had failures (${errors.trim().replace(/\s+/g, ' ').slice(0, 200)})`);
  return printedFigure('hey', output, /Requests\/sec:\s+([\d.]+)/);
}

export const hey: Peer = {
  name: 'hey',
  remark: 'Go, static body',
  http2Remark: 'all requests over one connection',
  async prepare() {
    if (!canStart(program)) program = goProgram('hey', 'github.com/rakyll/hey', 'v0.1.5');
    // It does not tell its version; the system's package does.
    const { stdout } = spawnSync('dpkg-query', ['--status', 'hey'], { encoding: 'utf8' });
    return `hey ${/^Version: (.+)$/m.exec(stdout ?? '')?.[1] ?? '(version not told)'}`;
  },
  async fullSpeed({ url, seconds, cores, http2 }) {
    const args = ['-z', `${seconds}s`, '-c', String(CONNECTIONS), '-cpus', String(cores.length), '-m', 'POST'];
    args.push('-T', 'application/json', '-d', STATIC_BODY, ...(http2 ? ['-h2'] : []), `${url}${DATA_PATH}`);
    const { stdout } = await runProgram(program, args, { cores, timeoutSeconds: seconds + 30 });
    return heyRate(stdout);
  },
};
