import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { listFiles, listSecrets } from '../../shared/scenario/references';
import type { Scenario } from '../../shared/scenario/schema';
import type { CsvTable, ShardPlan } from '../swarm/messages';
import { RunRequestWrong } from './run';

/** What a scenario refers to, resolved: it travels to the shards with the plan. */
export type Materials = Pick<ShardPlan, 'csv' | 'pem' | 'secrets'>;

/**
 * Reads the files and secrets that a scenario refers to. Throws `RunRequestWrong` when one cannot be had.
 * @param folder what file names are relative to
 * @param secret where `{{secret.NAME}}` comes from
 */
export async function gatherMaterials(
  scenario: Scenario,
  folder: string,
  secret: (name: string) => string | undefined,
): Promise<Materials> {
  const files = listFiles(scenario);
  const csv: Record<string, CsvTable> = {};
  for (const file of files.csv) csv[file] = parseTable(file, await readText(folder, file));
  const pem: Record<string, string> = {};
  for (const file of files.pem) pem[file] = mustBePem(file, await readText(folder, file));
  const secrets: Record<string, string> = {};
  for (const name of listSecrets(scenario)) {
    const value = secret(name);
    if (value === undefined) {
      throw new RunRequestWrong(`the scenario uses {{secret.${name}}}, which is not set: set the environment variable ${name}`);
    }
    secrets[name] = value;
  }
  return { csv, pem, secrets };
}

async function readText(folder: string, file: string): Promise<string> {
  const path = resolve(folder, file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new RunRequestWrong(`the scenario refers to the file ${path}, which cannot be read: ${reason}`);
  }
}

/** Without this check OpenSSL takes a file without certificates for an empty list of them, and every connection fails. */
function mustBePem(file: string, text: string): string {
  if (/^-----BEGIN [A-Z0-9 ]+-----\s*$/m.test(text)) return text;
  throw new RunRequestWrong(`the file ${file} holds neither a certificate nor a key in PEM form (-----BEGIN …-----)`);
}

function parseTable(file: string, text: string): CsvTable {
  try {
    const [columns, ...rows] = parseCsv(text, { bom: true, skip_empty_lines: true, trim: true }) as string[][];
    if (!columns) throw new Error('it is empty; the first line must name the columns');
    return { columns, rows };
  } catch (error) {
    throw new RunRequestWrong(`the CSV file ${file} cannot be used: ${(error as Error).message}`);
  }
}
