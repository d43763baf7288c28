import { buildReport } from '../../shared/stats/report';
import { parseRunReference } from './arguments';
import type { CommandIo } from './command-io';
import { EXIT } from './exit-code';
import { readRun, withHistory } from './open-history';
import { outputWidth } from './output-width';
import { styleFor } from './style';
import { summaryLines } from './summary-text';

/** `nodeswarm show RUN`: the summary of a kept run, as it was printed after it. */
export async function show(run: string, options: { json?: boolean; db?: string }, io: CommandIo): Promise<number> {
  const reference = parseRunReference(run);
  const { data, file } = await withHistory(options.db, io, async (store, file) => ({
    data: await readRun(store, reference, file),
    file,
  }));
  if (options.json) {
    io.stdout.write(`${JSON.stringify(buildReport(data), null, 2)}\n`);
    return EXIT.fine;
  }
  const lines = summaryLines(data, {
    width: outputWidth(io.stdout),
    style: styleFor(io.stdout, io.env),
    results: [['History', `run ${data.run.id} in ${file}`]],
  });
  io.stdout.write(`${lines.slice(1).join('\n')}\n`);
  return EXIT.fine;
}
