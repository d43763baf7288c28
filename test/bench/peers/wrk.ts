import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../measure/program';
import { CONNECTIONS, DATA_PATH, STATIC_BODY } from '../measure/work';
import { versionLine } from './installation';
import { type Peer, printedFigure } from './peer';

const PROGRAM = process.env.WRK_PATH ?? 'wrk';

/** Requests a second from what wrk prints. */
export function wrkRate(output: string): number {
  const failed = /Non-2xx or 3xx responses: \d+|Socket errors: .*/.exec(output)?.[0];
  if (failed) throw new Error(`wrk had failures (${failed})`);
  return printedFigure('wrk', output, /Requests\/sec:\s+([\d.]+)/);
}

export const wrk: Peer = {
  name: 'wrk',
  remark: 'C, static body',
  async prepare() {
    return versionLine(PROGRAM, ['-v']).replace(/ Copyright.*/, '');
  },
  async fullSpeed({ url, seconds, cores, threads = cores.length, connections = CONNECTIONS }) {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-wrk-'));
    try {
      const script = join(folder, 'post.lua');
      writeFileSync(
        script,
        `wrk.method = "POST"\nwrk.body = '${STATIC_BODY}'\nwrk.headers["Content-Type"] = "application/json"\n`,
      );
      const args = [`-t${threads}`, `-c${connections}`, `-d${seconds}s`, '--timeout=10s', '-s', script, `${url}${DATA_PATH}`];
      const { stdout } = await runProgram(PROGRAM, args, { cores, timeoutSeconds: seconds + 30 });
      return wrkRate(stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
