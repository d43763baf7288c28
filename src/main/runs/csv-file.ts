import { type Parser, parse } from 'csv-parse';
import { CsvPacker, type CsvTable } from '../swarm/template/csv-table';

/** More columns than any table has: each of their names goes to every shard. */
const MAX_COLUMNS = 10_000;

/** A line in which a quote is not closed, or a million commas stand, must not fill the memory with its cells. */
const MAX_LINE_BYTES = 10_000_000;

/** Characters that are read before others have their turn: some 20 ms. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * Reads a table from the text of a CSV file; columns that nobody wants are not kept. Rejects with an Error with a reason. Everything else
 * goes on meanwhile, however many rows there are.
 */
export async function readCsv(text: string, wanted: Iterable<string>): Promise<CsvTable> {
  let packer: CsvPacker | null = null;
  const take = (row: string[]) => {
    if (packer) packer.add(row);
    else if (row.length > MAX_COLUMNS) throw new Error(`it has ${row.length} columns; at most ${MAX_COLUMNS} are allowed`);
    else packer = new CsvPacker(row, wanted);
    // Nothing is handed on: a million rows as lists of texts would fill the memory.
    return null;
  };
  const parser = parse({ bom: true, skip_empty_lines: true, trim: true, on_record: take, max_record_size: MAX_LINE_BYTES });
  await new Promise<void>((resolve, reject) => {
    parser.resume();
    parser.on('error', reject);
    parser.on('end', resolve);
    feed(parser, text).catch(reject);
  });
  if (!packer) throw new Error('it is empty; the first line must name the columns');
  return (packer as CsvPacker).finish();
}

async function feed(parser: Parser, text: string): Promise<void> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
    if (!parser.write(text.slice(at, at + PIECE_CHARACTERS))) await new Promise((resolve) => parser.once('drain', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    if (parser.destroyed) return;
  }
  parser.end();
}
