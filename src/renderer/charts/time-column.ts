/** A stretch of a time axis, in seconds since the start of a run; `to` is exclusive. */
export interface TimeRange {
  from: number;
  to: number;
}

/** Values over time: `values[i]` belongs to the second that begins at `seconds[i]`. Ascending in time; NaN where there is no value. */
export interface TimeColumn {
  readonly seconds: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** Entries in use: the arrays may be longer. */
  readonly length: number;
}

/** A column from what the API hands out, where null stands for no value. */
export function timeColumn(seconds: readonly number[], values: readonly (number | null)[]): TimeColumn {
  return { seconds, values: Float64Array.from(values, (value) => value ?? Number.NaN), length: seconds.length };
}

/** The first entry at or after `second`; `length` when there is none. */
export function firstFrom({ seconds, length }: Pick<TimeColumn, 'seconds' | 'length'>, second: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seconds[middle] ?? Number.POSITIVE_INFINITY) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The value of the second that `second` falls in; NaN when there is none. */
export function valueAt(column: TimeColumn, second: number): number {
  const index = firstFrom(column, Math.floor(second));
  return column.seconds[index] === Math.floor(second) && index < column.length
    ? (column.values[index] ?? Number.NaN)
    : Number.NaN;
}
