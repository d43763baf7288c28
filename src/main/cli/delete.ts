import { parseRunReference } from './arguments';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { EXIT, impossible } from './exit-code';
import { readRun, withHistory } from './open-history';

/** `nodeswarm delete RUN`: takes a run out of the history. */
export async function deleteCommand(run: string, options: { db?: string }, io: CommandIo): Promise<number> {
  const reference = parseRunReference(run);
  return await withHistory(options.db, io, async (store, file) => {
    const { run: record } = await readRun(store, reference, file);
    if (record.status === 'running') throw impossible(`run ${record.id} is still running; stop it first, then delete it`);
    await store.deleteRun(record.id);
    io.stdout.write(`Deleted run ${record.id}, ${printable(record.name)}.\n`);
    return EXIT.fine;
  });
}
