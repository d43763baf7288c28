import { ChevronDown } from 'lucide-react';
import type { RunReport } from '../../../shared/stats/report';
import { formatClock, plural } from '../../ui/format';
import { Popover } from '../../ui/Popover';
import { Status } from '../../ui/Status';
import styles from './HealthBadge.module.css';
import { explainHealth, generatorFigures, type LimitedStretch } from './model/explained-health';
import type { RunColumns } from './model/run-columns';

const MOST_STRETCHES = 50;
/** Of a stretch. */
const MOST_REASONS = 2;

/** Whether the generator kept up: a badge, and behind it the seconds in which it did not, why, and what to do. */
export function HealthBadge({ columns, report, running }: { columns: RunColumns; report: RunReport; running: boolean }) {
  const health = explainHealth(columns, report, running);
  return (
    <Popover
      title="Load generator"
      trigger={
        <button type="button" className={styles.badge}>
          <Status tone={health.tone}>Generator: {health.word}</Status>
          <ChevronDown aria-hidden="true" />
        </button>
      }
    >
      <div className={styles.content}>
        <p>{health.sentence}</p>
        <dl className={styles.figures}>
          {generatorFigures(report).map(({ label, value, isOver }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{isOver ? <Status tone="bad">{value}</Status> : value}</dd>
            </div>
          ))}
        </dl>
        {health.advice.length > 0 && (
          <>
            <h3 className={styles.heading}>What to do</h3>
            <ul className={styles.advice}>
              {health.advice.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
        {health.stretches.length > 0 && (
          <>
            <h3 className={styles.heading}>When</h3>
            <ul className={styles.stretches}>
              {health.stretches.slice(-MOST_STRETCHES).map((stretch) => (
                <li key={stretch.from}>
                  <span className={styles.when}>{stretchText(stretch)}</span>
                  {stretch.reasons.length > 0 && <span className={styles.why}>{reasonsText(stretch)}</span>}
                </li>
              ))}
            </ul>
            {health.stretches.length > MOST_STRETCHES && (
              <p className={styles.more}>
                The last {MOST_STRETCHES} of {plural(health.stretches.length, 'stretch', 'stretches')}.
              </p>
            )}
          </>
        )}
      </div>
    </Popover>
  );
}

function reasonsText({ reasons }: LimitedStretch): string {
  const more = reasons.length > MOST_REASONS ? ` And ${plural(reasons.length - MOST_REASONS, 'more reason')}.` : '';
  return reasons.slice(0, MOST_REASONS).join(' ') + more;
}

function stretchText({ from, to }: LimitedStretch): string {
  return to - from === 1 ? formatClock(from) : `${formatClock(from)} to ${formatClock(to)}`;
}
