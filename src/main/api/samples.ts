import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ApiError } from '../../shared/api/reply';
import type { SampleInfo } from '../../shared/api/types';
import { readJsonDocument } from '../../shared/scenario/json-text';

const SUFFIX = '.nodeswarm.json';

/** The folder of the scenarios that come with the program; null where it is missing. */
export function samplesFolder(from: string = import.meta.dirname): string | null {
  const folder = join(from, 'resources', 'scenarios');
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  return parent === from ? null : samplesFolder(parent);
}

/** The files of the samples by their ids (`iot-backend`), in alphabetical order; none where the folder is missing. */
export function sampleFiles(): Map<string, string> {
  const folder = samplesFolder();
  if (folder === null) return new Map();
  const files = readdirSync(folder).filter((file) => file.endsWith(SUFFIX));
  return new Map(files.sort().map((file) => [file.slice(0, -SUFFIX.length), join(folder, file)]));
}

/** The samples with the names and descriptions that stand in them. */
export async function listSamples(): Promise<SampleInfo[]> {
  return await Promise.all([...sampleFiles()].map(async ([id, file]) => ({ id, ...titleOf(id, await readFile(file, 'utf8')) })));
}

/** Throws an `ApiError` when there is no such sample. */
export async function readSample(id: string): Promise<string> {
  const file = sampleFiles().get(id);
  if (file === undefined) {
    throw new ApiError('not-found', `There is no sample "${id}"; open one of the samples on the welcome page.`);
  }
  return await readFile(file, 'utf8');
}

function titleOf(id: string, text: string): Omit<SampleInfo, 'id'> {
  const read = readJsonDocument(text);
  const document = 'value' in read && typeof read.value === 'object' && read.value !== null ? read.value : {};
  const { name, description } = document as { name?: unknown; description?: unknown };
  return { name: typeof name === 'string' ? name : id, description: typeof description === 'string' ? description : '' };
}
