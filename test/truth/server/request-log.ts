import { DEEDS, type Deed } from './behaviour';

/** A request as the server saw it. Times are us of the machine's monotonic clock. */
export interface LoggedRequest {
  /** First part of the path: which behaviour it met. */
  path: string;
  node: number;
  /** The how-manieth of this node on this path, from 0. */
  nth: number;
  /** Read from the socket. */
  receivedUs: number;
  /** When the answer was planned to go. */
  dueUs: number;
  /** Right before the answer was given to the socket; 0 when none was. */
  sentUs: number;
  deed: Deed;
}

/** The log as it travels from the server's process: a column each. */
export interface RequestColumns {
  paths: string[];
  path: Uint16Array;
  node: Uint32Array;
  nth: Uint32Array;
  receivedUs: Float64Array;
  dueUs: Float64Array;
  sentUs: Float64Array;
  deed: Uint8Array;
  /** When the server itself was held up, and for how long: pairs of end and length, us. */
  held: number[];
  /** Wall clock less monotonic clock, us: to tell when by the wall clock. */
  wallClockOffsetUs: number;
}

/** Gathers requests without making garbage that a collector would stop the server for. */
export class RequestLog {
  private capacity = 1 << 16;
  private size = 0;
  private readonly paths: string[];
  private readonly heldUp: number[] = [];
  private readonly columns = {
    path: new Uint16Array(this.capacity),
    node: new Uint32Array(this.capacity),
    nth: new Uint32Array(this.capacity),
    receivedUs: new Float64Array(this.capacity),
    dueUs: new Float64Array(this.capacity),
    sentUs: new Float64Array(this.capacity),
    deed: new Uint8Array(this.capacity),
  };

  constructor(paths: readonly string[]) {
    this.paths = [...paths];
  }

  /** Returns the row, for `sent`. */
  received(path: number, node: number, nth: number, receivedUs: number, dueUs: number, deed: Deed): number {
    if (this.size === this.capacity) this.grow();
    const row = this.size++;
    const { columns } = this;
    columns.path[row] = path;
    columns.node[row] = node;
    columns.nth[row] = nth;
    columns.receivedUs[row] = receivedUs;
    columns.dueUs[row] = dueUs;
    columns.deed[row] = DEEDS.indexOf(deed);
    return row;
  }

  sent(row: number, sentUs: number): void {
    this.columns.sentUs[row] = sentUs;
  }

  held(atUs: number, lengthUs: number): void {
    this.heldUp.push(atUs, lengthUs);
  }

  take(wallClockOffsetUs: number): RequestColumns {
    const { size, columns } = this;
    return {
      paths: this.paths,
      path: columns.path.slice(0, size),
      node: columns.node.slice(0, size),
      nth: columns.nth.slice(0, size),
      receivedUs: columns.receivedUs.slice(0, size),
      dueUs: columns.dueUs.slice(0, size),
      sentUs: columns.sentUs.slice(0, size),
      deed: columns.deed.slice(0, size),
      held: this.heldUp,
      wallClockOffsetUs,
    };
  }

  private grow(): void {
    this.capacity *= 4;
    const { columns, capacity } = this;
    columns.path = enlarged(columns.path, new Uint16Array(capacity));
    columns.node = enlarged(columns.node, new Uint32Array(capacity));
    columns.nth = enlarged(columns.nth, new Uint32Array(capacity));
    columns.receivedUs = enlarged(columns.receivedUs, new Float64Array(capacity));
    columns.dueUs = enlarged(columns.dueUs, new Float64Array(capacity));
    columns.sentUs = enlarged(columns.sentUs, new Float64Array(capacity));
    columns.deed = enlarged(columns.deed, new Uint8Array(capacity));
  }
}

function enlarged<Column extends { set(from: ArrayLike<number>): void }>(from: Column & ArrayLike<number>, to: Column): Column {
  to.set(from);
  return to;
}

/** The log as rows, in the order of receipt. */
export function rowsOf(columns: RequestColumns): LoggedRequest[] {
  return Array.from(columns.path, (path, row) => ({
    path: columns.paths[path] ?? '',
    node: columns.node[row] ?? 0,
    nth: columns.nth[row] ?? 0,
    receivedUs: columns.receivedUs[row] ?? 0,
    dueUs: columns.dueUs[row] ?? 0,
    sentUs: columns.sentUs[row] ?? 0,
    deed: DEEDS[columns.deed[row] ?? 0] ?? 'answer',
  }));
}
