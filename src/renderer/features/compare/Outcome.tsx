import { CircleHelp, Equal, TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunComparison } from '../../../shared/stats/comparison';
import { adviceOn } from '../../../shared/stats/comparison-advice';
import { formatClock, plural } from '../../ui/format';
import styles from './Outcome.module.css';
import { outcomeTone, VERDICT_WORDS, type VerdictTone, verdictCounts } from './verdict-words';

const ICONS: Record<VerdictTone, ReactNode> = {
  bad: <TrendingUp />,
  ok: <TrendingDown />,
  warn: <CircleHelp />,
  neutral: <Equal />,
};

interface OutcomeProps {
  comparison: RunComparison;
  letter: string;
  /** Only a stretch of the runs was compared. */
  isWindow: boolean;
}

/** The outcome in a sentence, how many measures got which verdict, and over how many seconds. */
export function Outcome({ comparison, letter, isWindow }: OutcomeProps) {
  const tone = outcomeTone(comparison);
  const { a, b } = comparison;
  const counts = verdictCounts(comparison);
  const advice = adviceOn(comparison, isWindow);
  return (
    <div className={styles.outcome} data-tone={tone}>
      <span className={styles.icon} aria-hidden="true">
        {ICONS[tone]}
      </span>
      <div className={styles.texts}>
        <p className={styles.sentence}>{comparison.headline}</p>
        {advice !== null && <p className={styles.advice}>{advice}</p>}
        <p className={styles.counts}>
          {counts.map(({ verdict, count }) => (
            <span key={verdict}>
              {VERDICT_WORDS[verdict].word} <strong className={styles.count}>{count}</strong>
            </span>
          ))}
          <span>
            A {formatClock(a.seconds)}, {letter} {formatClock(b.seconds)} steady and valid
          </span>
          {a.invalidSeconds + b.invalidSeconds > 0 && (
            <span>{plural(a.invalidSeconds + b.invalidSeconds, 'second')} left out: the generator could not keep up</span>
          )}
        </p>
      </div>
    </div>
  );
}
