import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { errorTrace } from '../../src/shared/text/error-text';
import { comparisonCases } from './cases/comparison';
import { coordinatedOmissionCase } from './cases/coordinated-omission';
import { faultsCase } from './cases/faults';
import { HELD_UP_MS, honestyCases, leftAloneCase } from './cases/honesty';
import { latencyCases } from './cases/latency';
import { waitCases } from './cases/waits';
import type { Check, TruthCase } from './checks';
import { Laboratory } from './laboratory';
import { printCase } from './table';

// npm run truth -- [--json FILE] [--list] [--patience SECONDS] [CASE …]: holds the tool against known answers. A CASE is the beginning of a case's
// name. Before each case it waits until the machine is quiet, for so many seconds at the most.

const ATTEMPTS = 3;

interface CaseRecord {
  name: string;
  title: string;
  seconds: number;
  checks: Check[];
  remarks: string[];
  error: string | null;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' }, list: { type: 'boolean' }, patience: { type: 'string', default: '20' } },
    allowPositionals: true,
  });
  const laboratory = await Laboratory.open();
  try {
    const all = [
      ...latencyCases(laboratory),
      coordinatedOmissionCase(laboratory),
      ...waitCases(laboratory),
      ...honestyCases(laboratory),
      ...comparisonCases(laboratory),
      faultsCase(laboratory),
      leftAloneCase(laboratory),
    ];
    if (values.list) {
      for (const { name, title } of all) console.log(`${name.padEnd(24)} ${title}`);
      return 0;
    }
    const unknown = positionals.filter((wanted) => !all.some(({ name }) => name.startsWith(wanted)));
    if (unknown.length > 0) {
      console.error(`There is no case called ${unknown.join(', ')}; the cases are ${all.map(({ name }) => name).join(', ')}.`);
      return 2;
    }
    const chosen =
      positionals.length === 0 ? all : all.filter(({ name }) => positionals.some((wanted) => name.startsWith(wanted)));
    const records: CaseRecord[] = [];
    for (const truthCase of chosen) {
      const record = await carryOut(truthCase, laboratory, Number(values.patience));
      records.push(record);
      printCase(record);
    }
    const checks = records.flatMap((record) => record.checks);
    const failed = checks.filter(({ passed }) => !passed).length + records.filter(({ error }) => error !== null).length;
    console.log(`\n${checks.length - checks.filter(({ passed }) => !passed).length} checks passed, ${failed} failed`);
    if (values.json) {
      const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), load: loadavg(), node: process.version };
      const { pins, favours } = laboratory;
      writeFileSync(
        values.json,
        `${JSON.stringify({ date: new Date().toISOString(), machine, pins, favours, cases: records }, null, 2)}\n`,
      );
    }
    return failed === 0 ? 0 : 1;
  } finally {
    await laboratory.close();
  }
}

/**
 * A case that fails while the machine was held up is tried again: what it then shows is the machine. All attempts are told.
 */
async function carryOut({ name, title, run }: TruthCase, laboratory: Laboratory, patienceSeconds: number): Promise<CaseRecord> {
  const startMs = performance.now();
  const record: CaseRecord = { name, title, seconds: 0, checks: [], remarks: [], error: null };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await laboratory.quiet(patienceSeconds);
    const from = laboratory.untouched.length;
    try {
      const { checks, remarks = [] } = await run();
      record.checks = checks;
      record.remarks.push(...remarks);
    } catch (error) {
      record.error = errorTrace(error);
    }
    record.seconds = (performance.now() - startMs) / 1000;
    const heldUp = laboratory.untouched.slice(from).filter(({ heldUpMs }) => heldUpMs >= HELD_UP_MS).length;
    if (heldUp === 0 || record.error !== null || record.checks.every(({ passed }) => passed) || attempt === ATTEMPTS) break;
    const failed = record.checks.filter(({ passed }) => !passed).map(({ what, measured }) => `${what} ${measured}`);
    record.remarks = [
      `attempt ${attempt} does not count, the machine was held up in ${heldUp} seconds; failed were: ${failed.join('; ')}`,
    ];
  }
  return record;
}

process.exit(await main());
