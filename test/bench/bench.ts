import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { errorMessage } from '../../src/shared/text/error-text';
import { SECTION_IDS } from './goals';
import { findCores } from './measure/cores';
import { takePrecedence } from './measure/precedence';
import { Swarm } from './measure/swarm';
import { versionLine } from './peers/installation';
import { Peers } from './peers/peers';
import { benchmarksMarkdown } from './report/markdown';
import type { BenchReport, SectionReport } from './report/report';
import { sectionText } from './report/terminal';
import { density } from './sections/density';
import { endurance } from './sections/endurance';
import { fleet } from './sections/fleet';
import { growth } from './sections/growth';
import { https } from './sections/https';
import { scaling } from './sections/scaling';
import type { Bench, Section } from './sections/section';
import { store } from './sections/store';
import { throughput } from './sections/throughput';

/*
 * npm run bench -- [SECTION …]: measures Nodeswarm beside its peers, all unless told (throughput https scaling density fleet growth endurance store). Prints
 * tables, writes JSON and docs/benchmarks.md. Never ends with an error because of a figure; a goal that is not met is said in its row.
 *   BENCH_ROUNDS          rounds of each measurement (5)
 *   BENCH_SECONDS         length of a measurement at full speed, s (4)
 *   BENCH_GROWTH_MINUTES  length of the run of `endurance`, minutes (2; 60 for the whole truth)
 *   BENCH_STORE_HOURS     length of the long made-up runs of `store`, hours (24)
 *   BENCH_PEERS           peers by the beginning of their names, with commas between (all; wrk,autocannon leaves out the others)
 *   BENCH_JSON            file for the JSON (test-results/bench.json)
 *   BENCH_DOCS            file for the Markdown (docs/benchmarks.md, unless there are fewer than 5 rounds: then none)
 *   BENCH_CACHE           folder for peers that no system package brings (~/.cache/nodeswarm-bench)
 */

const SECTIONS: readonly Section[] = [throughput, https, scaling, density, fleet, growth, endurance, store];
const FULL_ROUNDS = 5;
const root = join(import.meta.dirname, '../..');

async function main(): Promise<number> {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !SECTION_IDS.some((id) => id === name));
  if (unknown.length > 0) {
    console.error(`There is no section called ${unknown.join(', ')}; the sections are ${SECTION_IDS.join(', ')}.`);
    return 2;
  }
  const rounds = numberOf('BENCH_ROUNDS', FULL_ROUNDS);
  const seconds = numberOf('BENCH_SECONDS', 4);
  const growthMinutes = numberOf('BENCH_GROWTH_MINUTES', 2);
  const storeHours = numberOf('BENCH_STORE_HOURS', 24);
  const cores = findCores();
  const precedence = takePrecedence();
  const sections = SECTIONS.filter(({ id }) => chosen.length === 0 || chosen.includes(id));
  const peers = await Peers.prepare(sections.some(({ usesPeers }) => usesPeers) ? peersNamed() : []);
  const swarm = await Swarm.prepare();
  for (const line of peers.leftOut) console.log(line);
  const report: BenchReport = {
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: `Linux ${release()}`,
    },
    versions: [ourVersion(), `Node ${process.version}`, nginxVersion(), ...peers.versions],
    settings: { rounds, seconds, growthMinutes, precedence },
    leftOut: [...peers.leftOut],
    sections: [],
  };
  const bench: Bench = {
    rounds,
    seconds,
    growthMinutes,
    storeHours,
    cores,
    peers,
    swarm,
    say: (line) => console.log(`  ${line}`),
  };
  try {
    for (const section of sections) {
      console.log(`\n${section.title}…`);
      const found = await carryOut(section, bench);
      report.sections.push(found);
      console.log(`\n${sectionText(found)}`);
      // After each section, so that what comes after it cannot lose it.
      writeDown(report);
    }
  } finally {
    swarm.close();
  }
  return report.sections.every(({ error }) => error === null) ? 0 : 1;
}

async function carryOut(section: Section, bench: Bench): Promise<SectionReport> {
  const { id, title } = section;
  const begin = performance.now();
  const took = () => (performance.now() - begin) / 1000;
  try {
    const findings = await section.measure(bench);
    return { id, title, ...findings, error: null, tookSeconds: took() };
  } catch (error) {
    const message = errorMessage(error);
    return { id, title, method: [], tables: [], goals: [], remarks: [], rounds: {}, error: message, tookSeconds: took() };
  }
}

function writeDown(report: BenchReport): void {
  const json = process.env.BENCH_JSON ?? join(root, 'test-results/bench.json');
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  const complete = report.settings.rounds >= FULL_ROUNDS ? join(root, 'docs/benchmarks.md') : null;
  const docs = process.env.BENCH_DOCS ?? complete;
  if (docs) writeFileSync(docs, benchmarksMarkdown(report, readIfThere(docs)));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** null: all. */
function peersNamed(): string[] | null {
  const names = process.env.BENCH_PEERS;
  return names === undefined ? null : names.split(',').map((name) => name.trim());
}

function numberOf(variable: string, otherwise: number): number {
  const text = process.env[variable];
  const number = text === undefined ? otherwise : Number(text);
  if (!(number > 0)) throw new Error(`${variable} must be a number above 0, not ${text}`);
  return number;
}

function ourVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return `Nodeswarm ${version}`;
}

function nginxVersion(): string {
  return versionLine(process.env.NGINX_PATH ?? '/usr/sbin/nginx', ['-v']).replace('nginx version: ', '');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exit(await main());
