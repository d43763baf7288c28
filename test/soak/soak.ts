import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { errorTrace } from '../../src/shared/text/error-text';
import { readSoakCommand } from './soak-options';
import { conductSoak } from './soak-run';
import { printSoak } from './soak-table';

// npm run soak -- [MINUTES] [--nodes N] [--pacing SECONDS] [--seed TEXT] [--json FILE] [--csv FILE] [--keep] (docs/soak.md)

async function main(): Promise<number> {
  const { options, json, csv, keep } = readSoakCommand(process.argv.slice(2), process.env);
  const result = await conductSoak(options, { say: (line) => console.log(line), csv, keep });
  printSoak(result.lines);
  const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), load: loadavg(), node: process.version };
  if (json) writeFileSync(json, `${JSON.stringify({ date: new Date().toISOString(), machine, options, ...result }, null, 2)}\n`);
  return result.lines.some(({ verdict }) => verdict === 'FAILED') ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(errorTrace(error));
  process.exit(2);
}
