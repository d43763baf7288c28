import { CircleMinus, CirclePlus, Equal, TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { seriesLabel } from '../../../shared/scenario/series';
import { type FailureChange, type FailureSource, failureDifferences } from '../../../shared/stats/failure-differences';
import { formatCount, formatPercent } from '../../ui/format';
import { Status, type Tone } from '../../ui/Status';
import styles from './FailureDifferences.module.css';

const CHANGES: Record<FailureChange, { word: string; tone: Tone; icon: ReactNode; meaning: string }> = {
  new: { word: 'New', tone: 'bad', icon: <CirclePlus />, meaning: 'It did not occur in A.' },
  more: { word: 'More', tone: 'bad', icon: <TrendingUp />, meaning: 'Its rate is more than 0.1 points higher than in A.' },
  fewer: { word: 'Fewer', tone: 'ok', icon: <TrendingDown />, meaning: 'Its rate is more than 0.1 points lower than in A.' },
  gone: { word: 'Gone', tone: 'ok', icon: <CircleMinus />, meaning: 'It occurred only in A.' },
  alike: { word: 'Similar', tone: 'neutral', icon: <Equal />, meaning: 'Its rates are within 0.1 points of each other.' },
};

interface FailureDifferencesProps {
  a: FailureSource;
  b: FailureSource;
  letter: string;
  /** The sources are of a window of the runs. */
  hasWindow: boolean;
}

/** Errors that are new, gone, more or fewer, with counts and rates. */
export function FailureDifferences({ a, b, letter, hasWindow }: FailureDifferencesProps) {
  const rows = failureDifferences(a, b);
  return (
    <section className={styles.section} aria-labelledby="failures">
      <header className={styles.head}>
        <h2 id="failures">Failures</h2>
        {rows.length > 0 && (
          <p className={styles.about}>
            Counts and rates of {hasWindow ? 'the window' : 'the whole runs'}, in all phases. Whether the error rate changed
            beyond chance is among the verdicts.
          </p>
        )}
      </header>
      {rows.length === 0 ? (
        <p className={styles.none}>No request failed in either run{hasWindow && ' in this window'}.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label="Table of failures">
          <table className={styles.table} aria-label="Failures">
            <thead>
              <tr>
                <th scope="col">Change</th>
                <th scope="col">Series</th>
                <th scope="col">Error</th>
                <th scope="col" className={styles.numeric}>
                  A
                </th>
                <th scope="col" className={styles.numeric}>
                  {letter}
                </th>
                <th scope="col" className={styles.numeric}>
                  Rate in A
                </th>
                <th scope="col" className={styles.numeric}>
                  Rate in {letter}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ method, name, error, change, occurrences, rate }) => {
                const { word, tone, icon, meaning } = CHANGES[change];
                return (
                  <tr key={`${method} ${name} ${error}`}>
                    <td>
                      <Status tone={tone} icon={icon} reason={meaning}>
                        {word}
                      </Status>
                    </td>
                    <td className={styles.series} title={seriesLabel({ method, name })}>
                      {method} <code>{name}</code>
                    </td>
                    <td className={styles.error}>{error}</td>
                    <td className={styles.numeric}>{formatCount(occurrences.a)}</td>
                    <td className={styles.numeric}>{formatCount(occurrences.b)}</td>
                    <td className={styles.numeric}>{formatPercent(rate.a)}</td>
                    <td className={styles.numeric}>{formatPercent(rate.b)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
