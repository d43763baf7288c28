import { useSyncExternalStore } from 'react';
import { bucketSecondsFor, emptyLine, fillBuckets } from '../../../charts/buckets';
import type { ChartGroup } from '../../../charts/chart-group';
import type { ChartLine } from '../../../charts/time-chart-painter';
import { formatClock, NO_VALUE } from '../../../ui/format';
import type { RunViewModel } from '../model/run-view-model';
import { useCourseTick } from '../use-run-model';
import styles from './CourseTable.module.css';

/** Rows at the most; longer stretches are gathered. */
const MAX_ROWS = 120;

/** A column of the table, made of a line of a chart. */
export interface CourseColumn {
  header: string;
  line: ChartLine;
  format(value: number | undefined): string;
}

/** What the charts show, as numbers: for those who do not see them, and for copying. */
export function CourseTable({
  model,
  group,
  columns,
}: {
  model: RunViewModel;
  group: ChartGroup;
  columns: readonly CourseColumn[];
}) {
  useCourseTick(model);
  useSyncExternalStore(group.subscribe, group.getState);
  const { from } = group.range;
  const to = Math.min(group.range.to, model.columns.endSecond);
  const bucket = bucketSecondsFor(Math.max(1, to - from), MAX_ROWS);
  const cells = columns.map(({ line }) => {
    const { length, seconds, values } = fillBuckets(emptyLine(), line.column(), { from, to }, bucket, line.combine);
    return new Map(Array.from({ length }, (_, i) => [Math.floor((seconds[i] ?? 0) / bucket), values[i]]));
  });
  const rows: number[] = [];
  for (let row = Math.floor(from / bucket); row * bucket < to; row++) rows.push(row);
  return (
    <div className={styles.frame}>
      <p className={styles.note}>
        {bucket === 1
          ? 'One row a second. Times in ms.'
          : `One row for ${bucket} s: rates are means, times (ms) the highest of the seconds, nodes those at the end.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section className={styles.scroll} aria-label="Course of the run" tabIndex={0}>
        <table className={styles.table} aria-label="Course of the run">
          <thead>
            <tr>
              <th scope="col">Time</th>
              {columns.map(({ header }) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
              <th scope="col">Generator</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{formatClock(row * bucket)}</th>
                {cells.map((column, index) => (
                  <td key={columns[index]?.header}>{column.has(row) ? columns[index]?.format(column.get(row)) : NO_VALUE}</td>
                ))}
                <td>{isLimited(model, row * bucket, bucket) ? 'overloaded' : 'healthy'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function isLimited(model: RunViewModel, from: number, seconds: number): boolean {
  for (let second = from; second < from + seconds; second++) if (!model.columns.isValid(second)) return true;
  return false;
}
