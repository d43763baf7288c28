import { Progress } from '@base-ui/react/progress';
import type { MouseEvent, ReactNode } from 'react';
import { formatClock, formatCount, formatFigure, formatLatency, formatPercent } from '../ui/format';
import { Status } from '../ui/Status';
import styles from './RunStrip.module.css';
import { useRun } from './run-store';
import { runStatusWord, stripFigures, stripHealth, targetNodes } from './run-strip-figures';
import { formatView } from './view-location';
import { viewActions } from './view-store';

/** The run in one line, from every view; it leads to Live. */
export function RunStrip() {
  const run = useRun();
  const { snapshot, running, latest } = run;
  if (!snapshot) return null;
  const { record, elapsedSeconds, plannedSeconds } = snapshot;
  const figures = stripFigures(run, snapshot);
  const status = runStatusWord(run);
  const health = stripHealth(run, snapshot);
  const target = targetNodes(snapshot, latest?.plannedNodes);
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    viewActions.show({ name: 'live', runId: 'current' });
  };
  return (
    <section aria-label="Current run" className={styles.strip}>
      <a href={formatView({ name: 'live', runId: 'current' })} className={styles.link} onClick={follow}>
        <Status tone={status.tone}>{status.word}</Status>
        <span dir="auto" title={record.name} className={styles.name}>
          {record.name}
        </span>
        <span className={styles.time}>
          {formatClock(elapsedSeconds)}
          {plannedSeconds !== null && ` / ${formatClock(plannedSeconds)}`}
        </span>
        {running && plannedSeconds !== null && (
          <Progress.Root
            value={Math.min(elapsedSeconds, plannedSeconds)}
            max={plannedSeconds}
            aria-label="Progress of the run"
            className={styles.progress}
          >
            <Progress.Track className={styles.track}>
              <Progress.Indicator className={styles.indicator} />
            </Progress.Track>
          </Progress.Root>
        )}
        {running && (
          <Figure unit="nodes">
            {formatCount(latest?.nodes ?? 0)}
            {target !== null && `/${formatCount(target)}`}
          </Figure>
        )}
        <Figure unit="req/s">{formatFigure(figures.requestsPerSecond)}</Figure>
        <Figure unit="failed">{formatPercent(figures.failedShare)}</Figure>
        <Figure unit="p95">{formatLatency(figures.p95Ms)}</Figure>
        <span className={styles.gap} />
        <Status tone={health.tone} reason={health.reason}>
          Generator: {health.word}
        </Status>
      </a>
    </section>
  );
}

function Figure({ unit, children }: { unit: string; children: ReactNode }) {
  return (
    <span className={styles.figure}>
      <span className={styles.value}>{children}</span> {unit}
    </span>
  );
}
