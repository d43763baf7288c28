import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import { runProgram } from '../measure/program';
import { median } from '../measure/rounds';
import { CONNECTIONS, DATA_PATH, WEIGHTS } from '../measure/work';
import { pythonProgram, versionLine } from './installation';
import type { Peer } from './peer';

const REQUIREMENT = 'locust==2.47.0';
/** It counts from before its first user to after its last; these seconds at both ends are left out. */
const ENDS_SECONDS = 1;

/** What Locust prints with `--json`, as far as it is used here. */
interface LocustEntry {
  num_requests: number;
  num_failures: number;
  /** Requests in each second, by epoch second. */
  num_reqs_per_sec: Record<string, number>;
}

/** What Locust printed; each of its worker processes prints an empty list besides. */
function entriesOf(output: string): LocustEntry[] {
  const list = output.replace(/^\[\]$/gm, '').trim();
  return list === '' ? [] : (JSON.parse(list) as LocustEntry[]);
}

/** Requests a second from the JSON that Locust prints: the median of its full seconds. */
export function locustRate(output: string): number {
  const entries = entriesOf(output);
  const failures = entries.reduce((sum, entry) => sum + entry.num_failures, 0);
  if (failures > 0) throw new Error(`Locust had failures (${failures})`);
  const perSecond = new Map<number, number>();
  for (const entry of entries)
    for (const [second, requests] of Object.entries(entry.num_reqs_per_sec))
      perSecond.set(Number(second), (perSecond.get(Number(second)) ?? 0) + requests);
  const ordered = [...perSecond].sort(([a], [b]) => a - b).map(([, requests]) => requests);
  const full = ordered.slice(ENDS_SECONDS, -ENDS_SECONDS);
  if (full.length === 0) throw new Error(`Locust has no full second among ${ordered.length}`);
  return median(full);
}

/** A Locust file that does what our scenario does: two weighted tasks, a body with the user's number and two random fields. */
function locustFile(userClass: 'HttpUser' | 'FastHttpUser', idle: boolean): string {
  const body = '{"node": self.number, "temperature": random.randint(1, 100), "humidity": random.uniform(0, 100)}';
  return `
import itertools, random
import gevent.ssl
from locust import ${userClass}, constant, task
numbers = itertools.count()
# One for all users: by default each reads the certificates of all authorities when it starts, which takes longer than a measurement.
unchecked = gevent.ssl._create_unverified_context()
class Node(${userClass}):
    ${userClass === 'FastHttpUser' ? 'ssl_context_factory = staticmethod(lambda: unchecked)' : ''}
    wait_time = constant(${idle ? 3600 : 0})
    def on_start(self):
        self.number = next(numbers)
        ${userClass === 'HttpUser' ? 'self.client.verify = False' : 'pass'}
    @task(${WEIGHTS.data})
    def send_data(self):
        self.client.post("${DATA_PATH}", json=${body})
    @task(${WEIGHTS.health})
    def send_health(self):
        self.client.post("/health", json=${body})
`;
}

/** Users that Locust starts a second. */
const SPAWN_RATE = 200;

function locustPeer(userClass: 'HttpUser' | 'FastHttpUser'): Peer {
  let program = '';
  const run = async (url: string, users: number, seconds: number, cores: readonly number[], idle: boolean) => {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-locust-'));
    try {
      const file = join(folder, 'locustfile.py');
      writeFileSync(file, locustFile(userClass, idle));
      const args = ['-f', file, '--headless', '--json', '--skip-log', '-H', url, '-u', String(users), '-r', String(SPAWN_RATE)];
      args.push('-t', `${seconds}s`);
      if (cores.length > 1) {
        const port = String(await freePort());
        args.push('--processes', String(cores.length), '--master-port', port, '--master-bind-port', port);
      }
      // Certificates of the bench sign themselves; the warning about that comes with every request.
      const env = { PYTHONWARNINGS: 'ignore' };
      return await runProgram(program, args, { cores, timeoutSeconds: seconds + 60, env, watchMemory: idle });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return {
    name: `Locust ${userClass}`,
    remark: 'Python, templated body, weighted tasks',
    async prepare() {
      program = pythonProgram('locust', REQUIREMENT);
      return versionLine(program, ['--version']).replace(/ from .*/, '');
    },
    async fullSpeed({ url, seconds, cores }) {
      const { stdout } = await run(url, CONNECTIONS, seconds + 2 * ENDS_SECONDS, cores, false);
      return locustRate(stdout);
    },
    async idleMemory({ url, users, cores }) {
      const { rssBytesMax, stdout } = await run(url, users, Math.ceil(users / SPAWN_RATE) + 4, cores, true);
      const requests = entriesOf(stdout).reduce((sum, entry) => sum + entry.num_requests, 0);
      if (requests < users) throw new Error(`Locust connected ${requests} of ${users} users`);
      return rssBytesMax;
    },
  };
}

export const locustHttpUser = locustPeer('HttpUser');
export const locustFastHttpUser = locustPeer('FastHttpUser');
