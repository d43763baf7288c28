import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { parseScenario } from '../../shared/scenario/parse';
import { formatProblems, type ScenarioProblem } from '../../shared/scenario/problem';
import type { Scenario } from '../../shared/scenario/schema';
import { sampleFiles } from '../api/samples';
import { LARGEST_DOCUMENT_BYTES, readTextFile, TextFileError } from '../runs/text-file';
import { printable } from './display-text';
import { impossible, usageError } from './exit-code';

/** Names that differ in more letters than this are not suggested. */
const MAX_DISTANCE = 4;

/** A scenario read from a file. */
export interface OpenedScenario {
  /** Absolute. */
  path: string;
  /** What file names in the scenario are relative to. */
  folder: string;
  scenario: Scenario;
  warnings: ScenarioProblem[];
}

/**
 * Opens the scenario that the user named: a path, or the name of a sample that comes with the program (`iot-backend`). Throws a
 * `CommandError` that says everything that is wrong.
 */
export async function openScenario(name: string, folder: string): Promise<OpenedScenario> {
  const path = findScenario(name, folder);
  const parsed = parseScenario(await readText(path, name));
  if (!parsed.ok) {
    const { problems } = parsed;
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    const lines = formatProblems(problems)
      .split('\n')
      .map((line) => `  ${printable(line)}`);
    throw usageError(`${printable(name)} has ${count}:\n${lines.join('\n')}`);
  }
  return { path, folder: dirname(path), scenario: parsed.scenario, warnings: parsed.warnings };
}

/** Reads the scenario that the user named, without a look at what is in it. Throws a `CommandError` when it cannot be read. */
export async function readScenarioText(name: string, folder: string): Promise<{ path: string; text: string }> {
  const path = findScenario(name, folder);
  return { path, text: await readText(path, name) };
}

/** The file of that name, or the sample of that name. */
function findScenario(name: string, folder: string): string {
  const path = resolve(folder, name);
  if (existsSync(path)) return path;
  const samples = sampleFiles();
  const wanted = sampleName(name);
  const sample = samples.get(wanted);
  if (sample && wanted === name.replace(/\.nodeswarm\.json$/, '')) return sample;
  const names = [...samples.keys()];
  const nearest = names.length === 0 ? null : closest(wanted, names);
  const guess = nearest !== null && distance(wanted, nearest) <= MAX_DISTANCE ? `; did you mean the sample ${nearest}?` : '';
  const known = names.length === 0 ? '' : ` The samples are ${names.join(', ')}.`;
  throw usageError(`there is no scenario file "${printable(name)}"${guess || '.'}${known}`);
}

function sampleName(file: string): string {
  return basename(file).replace(/(\.nodeswarm)?(\.json)?$/, '');
}

async function readText(path: string, name: string): Promise<string> {
  try {
    // A pipe too: nodeswarm run <(generate-scenario).
    return await readTextFile(path, { maxBytes: LARGEST_DOCUMENT_BYTES, anyKind: true });
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    const { code, reason } = error;
    if (code === 'EISDIR') throw usageError(`"${printable(name)}" is a folder; name a scenario file in it`);
    const sentence = `"${printable(name)}" cannot be read: ${reason}`;
    // What is wrong with the file itself, and not with the way to it.
    if (code === undefined || code === 'EFBIG') throw usageError(`"${printable(name)}" ${reason.replace(/^it /, '')}`);
    throw impossible(sentence);
  }
}
