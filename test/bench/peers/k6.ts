import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../measure/program';
import { CONNECTIONS, DATA_PATH, WEIGHTS } from '../measure/work';
import { goProgram, versionLine } from './installation';
import type { Peer } from './peer';

const VERSION = 'v1.8.1';

/** What the script below prints at its end. */
interface K6Metrics {
  http_reqs?: { values: { count: number; rate: number } };
  /** Share of requests that failed, 0 to 1. */
  http_req_failed?: { values: { rate: number } };
}

/** Requests and requests a second from the metrics that the script prints. */
export function k6Requests(output: string): { count: number; rate: number } {
  const { http_reqs, http_req_failed } = JSON.parse(output.slice(output.indexOf('{'))) as K6Metrics;
  if (!http_reqs) throw new Error('k6 sent no request');
  if (http_req_failed && http_req_failed.values.rate > 0)
    throw new Error(`k6 had failures (${http_req_failed.values.rate * 100} %)`);
  return http_reqs.values;
}

/** A script that does what our scenario does: two weighted tasks, a body with the user's number and two random fields. */
function script(url: string, users: number, seconds: number, idle: boolean): string {
  const share = WEIGHTS.data / (WEIGHTS.data + WEIGHTS.health);
  return `
import http from 'k6/http';
import { sleep } from 'k6';
export const options = {
  discardResponseBodies: true,
  insecureSkipTLSVerify: true,
  scenarios: { all: { executor: 'constant-vus', vus: ${users}, duration: '${seconds}s', gracefulStop: '0s' } },
};
const parameters = { headers: { 'Content-Type': 'application/json' } };
export default function () {
  const body = JSON.stringify({ node: __VU, temperature: Math.floor(1 + 100 * Math.random()), humidity: 100 * Math.random() });
  http.post(Math.random() < ${share} ? '${url}${DATA_PATH}' : '${url}/health', body, parameters);
  ${idle ? 'sleep(3600);' : ''}
}
export function handleSummary(data) {
  return { stdout: JSON.stringify({ http_reqs: data.metrics.http_reqs, http_req_failed: data.metrics.http_req_failed }) };
}
`;
}

let program = '';

async function run(url: string, users: number, seconds: number, cores: readonly number[], idle: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-k6-'));
  try {
    const file = join(folder, 'script.js');
    writeFileSync(file, script(url, users, seconds, idle));
    // It sends nothing to its makers, downloads nothing, and opens no port of its own that another k6 might have.
    const env = { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', GOMAXPROCS: String(cores.length) };
    const args = ['run', '--quiet', '--no-usage-report', '--address', '127.0.0.1:0', file];
    return await runProgram(program, args, { cores, timeoutSeconds: seconds + 60, env, watchMemory: idle });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const k6: Peer = {
  name: 'k6',
  remark: 'Go with JavaScript, templated body, two requests by weight; bodies of responses discarded',
  http2Remark: 'a connection for each user',
  async prepare() {
    program = goProgram('k6', 'go.k6.io/k6', VERSION);
    return versionLine(program, ['version']).replace(/ \(.*/, '');
  },
  async fullSpeed({ url, seconds, cores }) {
    return k6Requests((await run(url, CONNECTIONS, seconds, cores, false)).stdout).rate;
  },
  async idleMemory({ url, users, cores }) {
    const { stdout, rssBytesMax } = await run(url, users, 6, cores, true);
    const { count } = k6Requests(stdout);
    if (count < users) throw new Error(`k6 connected ${count} of ${users} users`);
    return rssBytesMax;
  },
};
