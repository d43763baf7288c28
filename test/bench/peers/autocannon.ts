import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../measure/program';
import { CONNECTIONS, DATA_PATH, STATIC_BODY } from '../measure/work';
import type { Peer } from './peer';

const FOLDER = join(import.meta.dirname, '../../../node_modules/autocannon');

/** Requests a second from the JSON that autocannon prints. */
export function autocannonRate(output: string): number {
  const { requests, errors, non2xx } = JSON.parse(output) as { requests: { average: number }; errors: number; non2xx: number };
  if (errors + non2xx > 0) throw new Error(`autocannon had failures (${errors} errors, ${non2xx} other than 2xx)`);
  return requests.average;
}

export const autocannon: Peer = {
  name: 'autocannon',
  remark: 'Node, static body',
  async prepare() {
    const { version } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8')) as { version: string };
    return `autocannon ${version}`;
  },
  async fullSpeed({ url, seconds, cores }) {
    const args = [join(FOLDER, 'autocannon.js'), '-c', String(CONNECTIONS), '-d', String(seconds), '-m', 'POST'];
    args.push('-H', 'content-type=application/json', '-b', STATIC_BODY, '--json');
    if (cores.length > 1) args.push('-w', String(cores.length));
    const { stdout } = await runProgram(process.execPath, [...args, `${url}${DATA_PATH}`], {
      cores,
      timeoutSeconds: seconds + 30,
    });
    return autocannonRate(stdout);
  },
};
