import { TriangleAlert } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import type { RunSnapshot } from '../../../shared/api/types';
import { visibleSentence } from '../../../shared/text/sentence';
import { runStatusWord } from '../../app/run-strip-figures';
import type { ChartGroup } from '../../charts/chart-group';
import { classNames } from '../../ui/class-names';
import { formatShortMoment } from '../../ui/format';
import { Sparkline } from '../../ui/Sparkline';
import { Status } from '../../ui/Status';
import { Tooltip } from '../../ui/Tooltip';
import { CompareRun } from '../history/CompareRun';
import { HealthBadge } from './HealthBadge';
import { type HeaderFigure, headerFigures } from './model/header-figures';
import type { RunViewModel, RunViewState } from './model/run-view-model';
import styles from './RunHeader.module.css';
import { RunProgressBar } from './RunProgressBar';
import { useCourseTick } from './use-run-model';

export interface RunHeaderProps {
  model: RunViewModel;
  state: RunViewState;
  snapshot: RunSnapshot;
  /** Of its charts. */
  group: ChartGroup;
}

const LINE_COLORS: Record<string, string> = {
  rps: 'var(--series-total)',
  failures: 'var(--chart-failure)',
  median: 'var(--percentile-50)',
  p95: 'var(--percentile-95)',
  p99: 'var(--percentile-99)',
};

/** What run it is, how far it has come, whether its numbers can be trusted; and six figures. */
export function RunHeader({ model, state, snapshot, group }: RunHeaderProps) {
  useCourseTick(model);
  const { record } = snapshot;
  const status = runStatusWord({ snapshot, running: state.running, stopping: state.running && snapshot.stopping });
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <h1 dir="auto" title={record.name} className={styles.name}>
          {record.name}
        </h1>
        <Status tone={status.tone} filled>
          {status.word}
        </Status>
        <span className={styles.facts}>
          <span>Run {record.id}</span>
          <span>{formatShortMoment(record.startedAt)}</span>
          <span className={styles.host} title={record.options.host}>
            {record.options.host}
          </span>
        </span>
        <RunProgressBar snapshot={snapshot} running={state.running} />
        <HealthBadge columns={model.columns} report={snapshot.report} running={state.running} />
        {!state.running && <CompareRun runId={record.id} group={group} />}
      </div>
      {record.statusReason !== '' && (
        <Note label="What happened to the run" isBad={status.tone === 'bad'}>
          {record.degraded && 'Part of the load was lost, and is missing from the figures. '}
          {visibleSentence(record.statusReason)}
        </Note>
      )}
      {snapshot.historyBehind !== null && <Note label="Trouble with the history">{visibleSentence(snapshot.historyBehind)}</Note>}
      <dl className={styles.figures}>
        {headerFigures(state, model.columns).map((figure) => (
          <Figure
            key={figure.id}
            figure={figure}
            lineOf={state.running ? 'the last minute' : 'the run'}
            roomOf={`${record.id} ${state.running}`}
          />
        ))}
      </dl>
    </header>
  );
}

function Note({ label, isBad = false, children }: { label: string; isBad?: boolean; children: ReactNode }) {
  return (
    <p className={classNames(styles.reason, isBad && styles.bad)} role="note" aria-label={label}>
      <TriangleAlert aria-hidden="true" />
      {children}
    </p>
  );
}

/** `roomOf`: what its texts keep their room for; they begin anew when it is another. */
function Figure({ figure, lineOf, roomOf }: { figure: HeaderFigure; lineOf: string; roomOf: string }) {
  const { id, label, value, unit, room, explanation, line } = figure;
  return (
    <div className={styles.figure}>
      <dt>
        <FigureLabel label={label} explanation={explanation} />
      </dt>
      <dd className={styles.value}>
        <Roomy key={`value ${roomOf}`} text={value} room={room.value} />
        {room.unit && <Roomy key={`unit ${roomOf}`} text={unit} room={room.unit} className={styles.unit} />}
      </dd>
      <dd className={styles.spark}>
        <Sparkline values={line} label={`${label} over ${lineOf}`} width={120} height={24} color={LINE_COLORS[id]} />
      </dd>
    </div>
  );
}

/** A text that is never narrower than `room`, nor than it has been: what comes behind stays where it is while the text changes. */
function Roomy({ text, room, className }: { text: string; room: string; className?: string }) {
  const [longest, setLongest] = useState(room);
  const longer = [room, text].find((one) => one.length > longest.length);
  if (longer !== undefined) setLongest(longer);
  return (
    <span className={classNames(styles.roomy, className)} data-room={longest}>
      {text}
    </span>
  );
}

/** Stays while the figure changes. */
const FigureLabel = memo(function FigureLabel({ label, explanation }: Pick<HeaderFigure, 'label' | 'explanation'>) {
  return (
    <Tooltip content={explanation}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation is to be reached with the keyboard too */}
      <span className={styles.label} tabIndex={0}>
        {label}
      </span>
    </Tooltip>
  );
});
