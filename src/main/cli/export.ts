import { storedSeconds } from '../store/stored-seconds';
import { parseRunReference } from './arguments';
import type { CommandIo } from './command-io';
import { EXIT, impossible, usageError } from './exit-code';
import { readRun, withHistory } from './open-history';
import { type ReportOptionValues, reportTargets } from './report-targets';
import { writeReports } from './write-reports';

/** `nodeswarm export RUN`: writes the reports of a kept run. */
export async function exportCommand(run: string, options: ReportOptionValues & { db?: string }, io: CommandIo): Promise<number> {
  const reference = parseRunReference(run);
  const targets = await reportTargets(options, io.folder);
  if (targets.length === 0) throw usageError('choose what to write: --csv PREFIX, --html FILE, --json FILE or --hlog FILE');
  const { files, problems } = await withHistory(options.db, io, async (_store, file) => {
    // Opening it has brought it up to date. A run that is on is written down as of one moment.
    const { withSnapshot } = await import('../store/snapshot');
    return await withSnapshot(file, async (store) => {
      const data = await readRun(store, reference, file);
      return await writeReports(targets, data, () => storedSeconds(store, data), {
        fullHistory: options.csvFullHistory ?? false,
        stdout: io.stdout,
      });
    });
  });
  // With the JSON on stdout nothing else may be there.
  const screen = targets.some(({ path }) => path === null) ? io.stderr : io.stdout;
  for (const file of files) screen.write(`${file}\n`);
  if (problems.length > 0) throw impossible(problems.join('; '));
  return EXIT.fine;
}
