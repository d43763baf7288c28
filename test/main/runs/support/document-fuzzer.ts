import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { DryNodeType } from '../../../../src/main/api/dry-node';
import { gatherMaterials } from '../../../../src/main/runs/preparation';
import { RunRefused } from '../../../../src/main/runs/run';
import { decodeText, TextFileError } from '../../../../src/main/runs/text-file';
import { TaskException } from '../../../../src/main/swarm/template/task-exception';
import { HttpExchange } from '../../../../src/main/swarm/transport/http/http-exchange';
import { ApiError } from '../../../../src/shared/api/reply';
import { parseScenario } from '../../../../src/shared/scenario/parse';
import { formatProblems } from '../../../../src/shared/scenario/problem';
import type { Scenario } from '../../../../src/shared/scenario/schema';
import { SeededRandom } from '../../../../src/shared/stats/seeded-random';
import { DocumentMutator } from './document-mutator';

/** What became of the documents. */
export interface FuzzOutcome {
  documents: number;
  /** Refused with problems, by the first one's place. */
  refused: number;
  /** Not a text at all. */
  unreadable: number;
  /** Valid, and what its nodes send was built. */
  rendered: number;
  /** Valid, and refused for what it refers to, or by the engine, in a sentence. */
  refusedLater: number;
}

export type FuzzMessage = { at: number; seed: number } | { outcome: FuzzOutcome } | { failure: string; document: string };

const SAMPLES = ['iot-backend', 'fleet-telemetry', 'login-and-publish'];
const ABOUT_THE_WHOLE =
  / at line \d+, column \d+|^the document is not a scenario$|^there are too many mistakes to list$|^there are more than \d+ values|larger than 50 MB| more problems are not listed$/;
const folder = realpathSync(resolve('resources/scenarios'));

/** A child process: takes as many mutated documents through the door that files come in by, and tells how far it is. */
async function main(): Promise<void> {
  const [documents = 0, seed = 0] = process.argv.slice(2).map(Number);
  const samples = SAMPLES.map((sample) => readFileSync(resolve(folder, `${sample}.nodeswarm.json`), 'utf8'));
  const random = new SeededRandom(String(seed));
  const mutator = new DocumentMutator(samples, () => random.float());
  const outcome: FuzzOutcome = { documents, refused: 0, unreadable: 0, rendered: 0, refusedLater: 0 };
  for (let at = 0; at < documents; at++) {
    const bytes = mutator.next();
    if (at % 20 === 0) send({ at, seed });
    try {
      outcome[await takeIn(bytes)]++;
    } catch (error) {
      send({ failure: `document ${at} of seed ${seed}: ${(error as Error).stack}`, document: bytes.toString('base64') });
      return;
    }
  }
  send({ outcome });
}

async function takeIn(bytes: Buffer): Promise<Exclude<keyof FuzzOutcome, 'documents'>> {
  let text: string;
  try {
    text = decodeText(bytes);
  } catch (error) {
    if (error instanceof TextFileError) return 'unreadable';
    throw error;
  }
  const parsed = parseScenario(text);
  if (!parsed.ok) {
    mustBeProblems(parsed.problems);
    return 'refused';
  }
  return (await render(parsed.scenario)) ? 'rendered' : 'refusedLater';
}

function mustBeProblems(problems: Parameters<typeof formatProblems>[0]): void {
  const first = problems[0];
  if (!first) throw new Error('refused without a problem');
  for (const { path, message, expected } of problems) {
    if (typeof path !== 'string' || message === '' || expected === '') throw new Error(`no message: ${JSON.stringify(first)}`);
    // What is wrong with the whole document is told with line and column, or is about its size or kind.
    if (path === '' && !ABOUT_THE_WHOLE.test(message)) throw new Error(`without a place: ${message}`);
    if (/undefined|\[object/.test(message)) throw new Error(`not for people: ${message}`);
  }
  if (/[\p{Cc}]/u.test(formatProblems(problems).replaceAll('\n', ''))) throw new Error('control characters in a message');
}

/** Compiles all node types as a shard does, and builds all requests of two nodes. */
async function render(scenario: Scenario): Promise<boolean> {
  try {
    const materials = await gatherMaterials(scenario, { folder, allowed: [folder] }, (name) => `value of ${name}`);
    for (const nodeType of scenario.nodeTypes) {
      const dry = new DryNodeType(scenario, nodeType, materials, 1);
      for (const node of [0, 7]) {
        const scope = dry.createScope(node);
        scope.beginTask(0);
        const tasks = nodeType.tasks.flatMap(({ steps }) => steps);
        for (const step of [...nodeType.onStart, ...tasks, ...nodeType.onStop]) prepare(dry, scope, step);
      }
    }
    return true;
  } catch (error) {
    if ((error instanceof RunRefused || error instanceof ApiError) && error.message !== '') return false;
    throw error;
  }
}

function prepare(
  dry: DryNodeType,
  scope: ReturnType<DryNodeType['createScope']>,
  step: Parameters<DryNodeType['stepOf']>[0],
): void {
  try {
    dry.stepOf(step)?.request.prepare(new HttpExchange({ exchangeDone: () => {} }), scope);
  } catch (error) {
    if (!(error instanceof TaskException)) throw error;
  }
}

function send(message: FuzzMessage): void {
  process.send?.(message);
}

await main();
process.disconnect?.();
