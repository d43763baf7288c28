import { peakNodes, planLoad } from '../../shared/scenario/load';
import { formatProblems } from '../../shared/scenario/problem';
import { listSecrets } from '../../shared/scenario/references';
import { listSeries, listTasks } from '../../shared/scenario/series';
import { FilesNotAllowed } from '../runs/file-access';
import { gatherMaterials } from '../runs/preparation';
import { RunRefused } from '../runs/run';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { EXIT, usageError } from './exit-code';
import { allowedFiles, type FileOptionValues, notAllowed } from './file-options';
import { countOf, durationText } from './number-text';
import { openScenario } from './scenario-file';

/** `nodeswarm validate SCENARIO`: says whether a scenario can be run, and what is wrong when it cannot. */
export async function validate(name: string, values: FileOptionValues, io: CommandIo): Promise<number> {
  const { scenario, folder, path, warnings } = await openScenario(name, io.folder);
  try {
    // Secrets may be set elsewhere; files must be there.
    await gatherMaterials(scenario, { folder, allowed: allowedFiles(folder, values, io) }, () => '');
  } catch (error) {
    if (error instanceof FilesNotAllowed) throw notAllowed(error);
    if (error instanceof RunRefused) throw usageError(error.message);
    throw error;
  }
  for (const line of warningLines(warnings)) io.stderr.write(`${line}\n`);
  const unset = listSecrets(scenario).filter((secret) => io.env[secret] === undefined);
  if (unset.length > 0)
    io.stderr.write(
      `Warning: a run needs the environment ${unset.length === 1 ? 'variable' : 'variables'} ${unset.join(', ')}.\n`,
    );
  const { segments, durationSeconds } = planLoad(scenario.load);
  const facts = [
    countOf(scenario.nodeTypes.length, 'node type'),
    countOf(listTasks(scenario).length, 'task'),
    countOf(listSeries(scenario).length, 'series', 'series'),
    `${countOf(peakNodes(segments), 'node')} ${durationSeconds === null ? 'until stopped' : `for ${durationText(durationSeconds)}`}`,
    `target ${printable(scenario.target.baseUrl)}`,
  ];
  io.stdout.write(`${printable(path)} is valid: "${printable(scenario.name)}", ${facts.join(', ')}.\n`);
  return EXIT.fine;
}

/** Warnings about a scenario, one line each. */
export function warningLines(warnings: Parameters<typeof formatProblems>[0]): string[] {
  if (warnings.length === 0) return [];
  return formatProblems(warnings)
    .split('\n')
    .map((line) => `Warning: ${printable(line)}`);
}
