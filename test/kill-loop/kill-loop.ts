import { parseArgs } from 'node:util';
import { HOSTS } from './kill-round';
import { FOLDER_PREFIX, killRounds, planRounds } from './kill-rounds';
import { markedProcesses } from './marked-processes';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    hosts: { type: 'string', default: HOSTS.join(',') },
  },
});
const hosts = HOSTS.filter((host) => values.hosts.split(',').includes(host));
const plans = planRounds(Number(values.times), Number(values.seed), hosts);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const { pid } of markedProcesses(FOLDER_PREFIX)) process.kill(pid, 'SIGKILL');
    process.exit(130);
  });
}
const startedMs = performance.now();
const results = await killRounds(plans, Number(values.lanes), ({ plan, outcome, problems }, round) => {
  const { host, victim, from, delayMs } = plan;
  process.stdout.write(`${round}/${plans.length} ${host}: ${victim} killed ${delayMs} ms after ${from}: ${outcome}\n`);
  for (const problem of problems) process.stdout.write(`  WRONG: ${problem}\n`);
});

const counts = new Map<string, number>();
for (const { plan, outcome } of results) {
  const key = `${plan.host.padEnd(7)}  ${plan.victim.padEnd(5)}  ${outcome}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
const wrong = results.filter(({ problems }) => problems.length > 0).length;
process.stdout.write('\nhost     victim outcome: rounds\n');
for (const [key, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) process.stdout.write(`${key}: ${count}\n`);
const seconds = Math.round((performance.now() - startedMs) / 1000);
process.stdout.write(`${results.length} rounds in ${seconds} s with seed ${values.seed}: ${wrong} went wrong\n`);
process.exit(wrong === 0 ? 0 : 1);
