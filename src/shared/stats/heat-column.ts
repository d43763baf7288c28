import { HEAT_ROWS, heatRow } from './heat';
import { BUCKET_COUNT, bucketUpperEnd, type SparseHistogram } from './histogram';

/** The row of the heat map that each bucket counts in, by its upper end, as percentiles are reported. */
const ROW_OF_BUCKET = Uint8Array.from({ length: BUCKET_COUNT }, (_, index) => heatRow(bucketUpperEnd(index)));

/** Latency counts of one second for the heat map: [row, requests] pairs of the rows that are not empty, ascending; see `heatRow`. */
export function heatColumn(latencies: Iterable<SparseHistogram>): [row: number, requests: number][] {
  const rows = new Float64Array(HEAT_ROWS);
  for (const { indexes, counts } of latencies) {
    for (let i = 0; i < indexes.length; i++) {
      const row = ROW_OF_BUCKET[indexes[i] as number] as number;
      rows[row] = (rows[row] as number) + (counts[i] as number);
    }
  }
  const column: [number, number][] = [];
  rows.forEach((requests, row) => {
    if (requests > 0) column.push([row, requests]);
  });
  return column;
}
