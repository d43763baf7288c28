import { useState } from 'react';
import { seriesIdentity, seriesLabel } from '../../../shared/scenario/series';
import type { RunComparison } from '../../../shared/stats/comparison';
import { Button } from '../../ui/Button';
import { classNames } from '../../ui/class-names';
import { formatCount, formatExact, formatFigure } from '../../ui/format';
import { ChoiceBar } from './ChoiceBar';
import { changeText, intervalText } from './change-text';
import { withLetter } from './compared-runs';
import { IntervalBar } from './IntervalBar';
import { intervalReach } from './interval-scale';
import styles from './VerdictTable.module.css';
import { VerdictWord } from './VerdictWord';
import { type VerdictFilter, type VerdictGroup, type VerdictLine, verdictGroups } from './verdict-groups';

interface VerdictTableProps {
  comparison: RunComparison;
  /** Letter of the second run. */
  letter: string;
}

/** Of more series than this the rest is shown when asked for: five rows of each take their time. */
const SERIES_AT_FIRST = 100;

/** Series by series: the figures of both runs, the difference with its interval, and the verdict. */
export function VerdictTable({ comparison, letter }: VerdictTableProps) {
  const [filter, setFilter] = useState<VerdictFilter>('all');
  const [showsAll, setShowsAll] = useState(false);
  const all = verdictGroups(comparison, 'all');
  const groups = filter === 'all' ? all : verdictGroups(comparison, filter);
  const series = groups.filter(({ isAggregated }) => !isAggregated);
  const isCut = !showsAll && series.length > SERIES_AT_FIRST;
  const shown = isCut ? [...series.slice(0, SERIES_AT_FIRST), ...groups.filter(({ isAggregated }) => isAggregated)] : groups;
  const lines = all.flatMap((group) => group.lines);
  const reach = { percent: intervalReach(lines, 'percent'), points: intervalReach(lines, 'points') };
  const missing = [
    ...comparison.onlyInA.map((key) => ({ key, where: 'A' })),
    ...comparison.onlyInB.map((key) => ({ key, where: letter })),
  ];
  return (
    <section className={styles.section} aria-labelledby="verdicts">
      <header className={styles.head}>
        <h2 id="verdicts">Verdicts</h2>
        <p className={styles.about}>Steady, valid seconds only; differences from A to {letter} with their 95 % intervals.</p>
        <ChoiceBar
          label="Verdicts shown"
          value={filter}
          choices={[
            { id: 'all', label: 'All' },
            { id: 'changes', label: 'Only changes' },
            { id: 'regressions', label: 'Only regressions' },
          ]}
          onChange={(next: VerdictFilter) => setFilter(next)}
        />
      </header>
      {groups.length === 0 ? (
        <p className={styles.none}>
          {filter === 'regressions'
            ? 'No measure of any series is a regression.'
            : 'No measure of any series has clearly changed.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label="Table of verdicts">
          <table className={styles.table} aria-label="Verdicts">
            <thead>
              <tr>
                <th scope="col">Series</th>
                <th scope="col">Measure</th>
                <th scope="col" className={styles.numeric}>
                  A
                </th>
                <th scope="col" className={styles.numeric}>
                  {letter}
                </th>
                <th scope="col" className={styles.numeric}>
                  Difference
                </th>
                <th scope="col" className={styles.numeric}>
                  95 % interval
                </th>
                <td className={styles.bar} />
                <th scope="col">Verdict</th>
              </tr>
            </thead>
            {shown.map((group) => (
              <GroupRows key={seriesIdentity(group)} group={group} reach={reach} letter={letter} />
            ))}
          </table>
        </section>
      )}
      {isCut && (
        <p className={styles.about}>
          The first {formatCount(SERIES_AT_FIRST)} of {formatCount(series.length)} series.{' '}
          <Button size="small" onClick={() => setShowsAll(true)}>
            Show all
          </Button>
        </p>
      )}
      {missing.length > 0 && (
        <ul className={styles.missing}>
          {missing.map(({ key, where }) => (
            <li key={`${where} ${seriesIdentity(key)}`}>
              Only in {where}: <code>{seriesIdentity(key)}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface GroupRowsProps {
  group: VerdictGroup;
  reach: Record<VerdictLine['changeUnit'], number>;
  letter: string;
}

function GroupRows({ group, reach, letter }: GroupRowsProps) {
  const { requests, lines, isAggregated } = group;
  if (!isAggregated && requests.a + requests.b === 0) {
    return (
      <tbody>
        <tr>
          <th scope="row" className={styles.series}>
            <SeriesHead group={group} letter={letter} />
          </th>
          <td colSpan={7} className={styles.soft}>
            Not requested in these seconds of either run.
          </td>
        </tr>
      </tbody>
    );
  }
  return (
    <tbody className={classNames(isAggregated && styles.aggregated)}>
      {lines.map((line, place) => (
        <tr key={line.measure}>
          {place === 0 && (
            <th scope="rowgroup" rowSpan={lines.length} className={styles.series}>
              <SeriesHead group={group} letter={letter} />
            </th>
          )}
          <th scope="row" className={styles.measure}>
            {line.label} <span className={styles.unit}>{line.measure === 'requestsPerSecond' ? '' : line.unit}</span>
          </th>
          <td className={styles.numeric} title={formatExact(line.a)}>
            {formatFigure(line.a)}
          </td>
          <td className={styles.numeric} title={formatExact(line.b)}>
            {formatFigure(line.b)}
          </td>
          <td
            className={classNames(
              styles.numeric,
              line.verdict === 'regression' && styles.worse,
              line.verdict === 'improvement' && styles.better,
            )}
          >
            {changeText(line.change, line.changeUnit)}
          </td>
          <td className={classNames(styles.numeric, styles.soft)}>
            {line.verdict === null ? '' : intervalText(line.low, line.high, line.changeUnit)}
          </td>
          <td className={styles.bar}>
            <IntervalBar line={line} reach={reach[line.changeUnit]} />
          </td>
          <td>
            {line.verdict === null ? (
              <span className={styles.information}>For information</span>
            ) : (
              <VerdictWord verdict={line.verdict} reason={withLetter(line.reason, letter)} />
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function SeriesHead({ group: { method, name, requests, isAggregated }, letter }: Pick<GroupRowsProps, 'group' | 'letter'>) {
  return (
    <>
      <span className={styles.name} title={seriesLabel({ method, name })}>
        {method && <span className={styles.method}>{method}</span>} {isAggregated ? name : <code>{name}</code>}
      </span>
      <span className={styles.requests}>
        {formatCount(requests.a)} requests in A, {formatCount(requests.b)} in {letter}
      </span>
    </>
  );
}
