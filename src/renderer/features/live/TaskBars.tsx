import { useRef } from 'react';
import { classNames } from '../../ui/class-names';
import { formatPercent } from '../../ui/format';
import { MANY_ROWS, rowWindow } from '../../ui/row-window';
import { useScrollView } from '../../ui/use-scroll-view';
import type { TaskShare } from './model/task-shares';
import styles from './TaskBars.module.css';

/** Expected and actual ratios as bars: by node type, and over all where there are several. */
export function TaskBars({ shares }: { shares: readonly TaskShare[] }) {
  const nodeTypes = [...Map.groupBy(shares, ({ nodeType }) => nodeType)];
  return (
    <div className={styles.groups}>
      {nodeTypes.map(([nodeType, own]) => (
        <Bars key={nodeType} title={nodeType} rows={own.map((share) => ({ ...share, label: share.task }))} />
      ))}
      {nodeTypes.length > 1 && (
        <Bars
          title="All node types"
          rows={shares.map(({ key, nodeType, task, expectedOfAll, actualOfAll }) => ({
            key,
            label: `${nodeType}: ${task}`,
            expected: expectedOfAll,
            actual: actualOfAll,
          }))}
        />
      )}
    </div>
  );
}

interface BarRow {
  key: string;
  label: string;
  expected: number;
  actual: number | null;
}

/** Of a bar with its names, px. */
const BAR_HEIGHT = 28;

function Bars({ title, rows }: { title: string; rows: readonly BarRow[] }) {
  const scroller = useRef<HTMLUListElement>(null);
  const view = useScrollView(scroller);
  const isLong = rows.length > MANY_ROWS;
  const { from, to, above, below } = isLong
    ? rowWindow({ count: rows.length, rowHeight: BAR_HEIGHT, scrollTop: view.scrollTop, viewHeight: view.height })
    : { from: 0, to: rows.length, above: 0, below: 0 };
  return (
    <figure className={styles.group}>
      <figcaption className={styles.title}>
        {title}
        <span className={styles.key}>
          <span className={styles.keyActual} aria-hidden="true" /> Actual
          <span className={styles.keyExpected} aria-hidden="true" /> Expected
        </span>
      </figcaption>
      <ul
        ref={scroller}
        aria-label={title}
        // What scrolls can be scrolled with the keyboard.
        tabIndex={isLong ? 0 : undefined}
        className={classNames(styles.bars, isLong && styles.long)}
        onScroll={isLong ? view.onScroll : undefined}
      >
        {above > 0 && <li aria-hidden="true" style={{ height: above }} />}
        {rows.slice(from, to).map(({ key, label, expected, actual }, index) => (
          <li
            key={key}
            aria-setsize={isLong ? rows.length : undefined}
            aria-posinset={isLong ? from + index + 1 : undefined}
            className={styles.row}
          >
            <span className={styles.label} title={label}>
              {label}
            </span>
            <span className={styles.track} aria-hidden="true">
              <span className={styles.actual} style={{ width: `${(actual ?? 0) * 100}%` }} />
              <span className={styles.expected} style={{ left: `${expected * 100}%` }} />
            </span>
            <span className={styles.value}>{formatPercent(actual)}</span>
            <span className={styles.aim}>of {formatPercent(expected)}</span>
          </li>
        ))}
        {below > 0 && <li aria-hidden="true" style={{ height: below }} />}
      </ul>
    </figure>
  );
}
