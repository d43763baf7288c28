import { formatPercent } from '../../ui/format';
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

function Bars({ title, rows }: { title: string; rows: readonly BarRow[] }) {
  return (
    <figure className={styles.group}>
      <figcaption className={styles.title}>
        {title}
        <span className={styles.key}>
          <span className={styles.keyActual} aria-hidden="true" /> Actual
          <span className={styles.keyExpected} aria-hidden="true" /> Expected
        </span>
      </figcaption>
      <ul className={styles.bars}>
        {rows.map(({ key, label, expected, actual }) => (
          <li key={key} className={styles.row}>
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
      </ul>
    </figure>
  );
}
