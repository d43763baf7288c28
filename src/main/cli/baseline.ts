import { parseRunReference } from './arguments';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { EXIT, impossible } from './exit-code';
import { readRun, withHistory } from './open-history';

/** `nodeswarm baseline RUN`: makes a run the one that others of its scenario are held against, in place of the one before. */
export async function baseline(run: string, options: { db?: string }, io: CommandIo): Promise<number> {
  const reference = parseRunReference(run);
  return await withHistory(options.db, io, async (store, file) => {
    const { run: record } = await readRun(store, reference, file);
    if (record.status === 'running')
      throw impossible(`run ${record.id} is still running; make it the baseline when it has ended`);
    await store.updateRun(record.id, { baseline: true });
    io.stdout.write(
      `Run ${record.id}, ${printable(record.name)}, is now the baseline of "${printable(record.scenario.name)}".\n`,
    );
    return EXIT.fine;
  });
}
