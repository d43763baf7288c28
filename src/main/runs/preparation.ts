import { listFiles, listSecrets } from '../../shared/scenario/references';
import type { Scenario } from '../../shared/scenario/schema';
import { errorMessage } from '../../shared/text/error-text';
import { reachesChildren } from '../process/child-environment';
import type { ShardPlan } from '../swarm/messages';
import type { CsvTable } from '../swarm/template/csv-table';
import { readCsv } from './csv-file';
import { type FileAccess, locateFiles } from './file-access';
import { RunRequestWrong } from './run';
import { readTextFile, TextFileError } from './text-file';

/** A million rows of some columns; a table travels to every shard. */
const LARGEST_CSV_BYTES = 200_000_000;
const LARGEST_PEM_BYTES = 1_000_000;

/** What a scenario refers to, resolved: it travels to the shards with the plan. */
export type Materials = Pick<ShardPlan, 'csv' | 'pem' | 'secrets'>;

/**
 * Reads the files and secrets that a scenario refers to. Throws `RunRequestWrong` when one cannot be had, `FilesNotAllowed` when the user
 * has not agreed to have it read; nothing is read then.
 * @param secret where `{{secret.NAME}}` comes from
 */
export async function gatherMaterials(
  scenario: Scenario,
  access: FileAccess,
  secret: (name: string) => string | undefined,
): Promise<Materials> {
  const files = listFiles(scenario);
  const places = await locateFiles([...files.csv.keys(), ...files.pem], access);
  const text = (file: string, maxBytes: number) => readText(places.get(file) ?? file, maxBytes);
  const csv: Record<string, CsvTable> = {};
  for (const [file, columns] of files.csv) csv[file] = await parseTable(file, await text(file, LARGEST_CSV_BYTES), columns);
  const pem: Record<string, string> = {};
  for (const file of files.pem) pem[file] = mustBePem(file, await text(file, LARGEST_PEM_BYTES));
  const secrets: Record<string, string> = {};
  for (const name of listSecrets(scenario)) {
    if (reachesChildren(name)) {
      throw new RunRequestWrong(
        `the scenario uses {{secret.${name}}}, but the environment variable ${name} is one that every process gets; give the secret another name`,
      );
    }
    const value = secret(name);
    if (value === undefined) {
      throw new RunRequestWrong(`the scenario uses {{secret.${name}}}, which is not set: set the environment variable ${name}`);
    }
    secrets[name] = value;
  }
  return { csv, pem, secrets };
}

async function readText(path: string, maxBytes: number): Promise<string> {
  try {
    return await readTextFile(path, { maxBytes });
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    throw new RunRequestWrong(`the scenario refers to the file ${path}, which cannot be read: ${error.reason}`);
  }
}

/** Without this check OpenSSL takes a file without certificates for an empty list of them, and every connection fails. */
function mustBePem(file: string, text: string): string {
  if (/^-----BEGIN [A-Z0-9 ]+-----\s*$/m.test(text)) return text;
  throw new RunRequestWrong(`the file ${file} holds neither a certificate nor a key in PEM form (-----BEGIN …-----)`);
}

async function parseTable(file: string, text: string, columns: Iterable<string>): Promise<CsvTable> {
  try {
    return await readCsv(text, columns);
  } catch (error) {
    throw new RunRequestWrong(`the CSV file ${file} cannot be used: ${errorMessage(error)}`);
  }
}
