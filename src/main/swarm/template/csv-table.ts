/** Cells of one column: UTF-8, one behind the other; cell i ends at `ends[i]`. */
export interface PackedTexts {
  bytes: Uint8Array;
  ends: Uint32Array;
}

/**
 * A CSV file that variables draw from, packed: a million rows are two buffers a column, which pass to another process as they are and cost
 * the garbage collector nothing, where as many lists of texts would take seconds and some hundred MB.
 */
export interface CsvTable {
  /** All names of its header line. */
  columns: string[];
  rowCount: number;
  /** The columns that the scenario draws from. */
  cells: Map<string, PackedTexts>;
}

/** Takes rows one by one and packs some of their columns. */
export class CsvPacker {
  private readonly packers: { name: string; index: number; texts: TextPacker }[] = [];
  private rowCount = 0;

  /** `wanted`: names of columns to keep; those that are not there are left out. */
  constructor(
    private readonly columns: string[],
    wanted: Iterable<string>,
  ) {
    for (const name of new Set(wanted)) {
      const index = columns.indexOf(name);
      if (index !== -1) this.packers.push({ name, index, texts: new TextPacker() });
    }
  }

  /** A cell that a short row lacks is empty. */
  add(row: readonly string[]): void {
    this.rowCount++;
    for (const { index, texts } of this.packers) texts.add(row[index] ?? '');
  }

  finish(): CsvTable {
    const cells = new Map(this.packers.map(({ name, texts }) => [name, texts.finish()]));
    return { columns: this.columns, rowCount: this.rowCount, cells };
  }
}

/** The text of cell `row`. */
export function packedText({ bytes, ends }: PackedTexts, row: number): string {
  const start = row === 0 ? 0 : (ends[row - 1] ?? 0);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, (ends[row] ?? start) - start).toString('utf8');
}

class TextPacker {
  private bytes = Buffer.allocUnsafe(1024);
  private ends = new Uint32Array(256);
  private used = 0;
  private count = 0;

  add(text: string): void {
    // UTF-8 takes at most three bytes for each code unit.
    const needed = this.used + 3 * text.length;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.bytes.length));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(2 * this.ends.length);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.used += this.bytes.write(text, this.used, 'utf8');
    this.ends[this.count++] = this.used;
  }

  finish(): PackedTexts {
    // Copies: a view would take its whole buffer along to the other process.
    return { bytes: new Uint8Array(this.bytes.subarray(0, this.used)), ends: this.ends.slice(0, this.count) };
  }
}
