import { X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { HistoryRow, RunSnapshot, SecondWindow, WindowStatistics } from '../../../shared/api/types';
import type { RunComparison } from '../../../shared/stats/comparison';
import { useCall } from '../../api/api-context';
import { Button } from '../../ui/Button';
import { ErrorState } from '../../ui/EmptyState';
import { formatClock } from '../../ui/format';
import { useKept } from '../../ui/kept-state';
import { Spinner } from '../../ui/Spinner';
import { deliverExport } from '../history/export-delivery';
import { Cautions } from './Cautions';
import { ChoiceBar } from './ChoiceBar';
import { ComparedRuns } from './ComparedRuns';
import styles from './Comparison.module.css';
import { runLetter } from './compared-runs';
import { comparedWindows } from './compared-window';
import { DifferencesSection } from './DifferencesSection';
import { FailureDifferences } from './FailureDifferences';
import { Outcome } from './Outcome';
import { OverlayCharts } from './OverlayCharts';
import { RunLetter } from './RunLetter';
import { type OneReading, useReadings } from './use-readings';
import { useWindowGroup } from './use-window-group';
import { VerdictTable } from './VerdictTable';
import { VERDICT_WORDS, verdictCounts } from './verdict-words';

interface ComparisonProps {
  rows: readonly HistoryRow[];
  /** Two at least, A first. */
  ids: readonly number[];
  /** What of each run is compared; null: all. */
  window: SecondWindow | null;
}

/** Two runs or more side by side, each held against A. */
export function Comparison({ rows, ids, window }: ComparisonProps) {
  const call = useCall();
  const keptAs = `compare ${ids.join()}`;
  const group = useWindowGroup(ids, window);
  const [focus, setFocus] = useKept(`${keptAs} focus`, () => 1);
  const snapshots = useReadings(
    'runs.read',
    ids.map((id) => ({ id })),
  );
  const error = snapshots.readings.find((reading) => reading.error !== null)?.error ?? null;
  const runs = useMemo(() => snapshots.readings.flatMap(({ data }) => (data ? [data] : [])), [snapshots.readings]);

  const windows = runs.length === ids.length ? runs.map((run) => windowsOf(window, runs[0], run)) : [];
  const comparable = ids.slice(1).filter((_, index) => windows[index + 1]);
  const compared = useReadings(
    'runs.compare',
    comparable.map((b) => ({ a: ids[0] as number, b, ...windows[ids.indexOf(b)] })),
  );

  const place = Math.min(focus, ids.length - 1);
  // Of the whole runs what failed is known already.
  const stretch = windows[place];
  const stretches = useReadings(
    'runs.window',
    stretch?.windowA && stretch.windowB
      ? [
          { id: ids[0] as number, window: stretch.windowA },
          { id: ids[place] as number, window: stretch.windowB },
        ]
      : [],
  );

  if (error !== null) {
    return (
      <Page rows={rows} ids={ids}>
        <ErrorState title="A run could not be read" message={`${error} Pick another run above.`} onRetry={snapshots.reload} />
      </Page>
    );
  }
  const [a] = runs;
  const focused = runs[place];
  if (!a || !focused || runs.length < ids.length) {
    return (
      <Page rows={rows} ids={ids}>
        <Spinner label="Reading the runs" />
      </Page>
    );
  }
  const letter = runLetter(place);
  const reading = compared.readings[comparable.indexOf(ids[place] as number)];
  const exportComparison = async (format: 'csv' | 'html') => {
    const done = await call('runs.exportComparison', { a: a.record.id, b: focused.record.id, ...windows[place], format });
    if (done.ok) deliverExport(done.data);
  };
  const reload = () => {
    snapshots.reload();
    compared.reload();
    stretches.reload();
  };
  const isOn = runs.some((run) => run.record.status === 'running');

  return (
    <Page rows={rows} ids={ids} onExport={(format) => void exportComparison(format)}>
      {ids.length > 2 && (
        <ChoiceBar
          label="Run compared with A"
          value={String(place)}
          choices={ids.slice(1).map((id, index) => ({
            id: String(index + 1),
            label: (
              <>
                <RunLetter place={index + 1} /> against A
                <Found reading={compared.readings[comparable.indexOf(id)]} />
              </>
            ),
          }))}
          onChange={(next) => setFocus(Number(next))}
        />
      )}
      {window && (
        <p className={styles.window}>
          Only {formatClock(window.from)} to {formatClock(window.to)} since the start of each run is compared.
          <Button size="small" icon={<X />} onClick={() => group.zoomTo(null)}>
            Compare the whole runs
          </Button>
        </p>
      )}
      {isOn && (
        <p className={styles.window}>
          A run is still in progress; these are its figures as last read.
          <Button size="small" onClick={reload}>
            Read again
          </Button>
        </p>
      )}
      {!reading ? (
        <p className={styles.nothing}>
          {letter} or A has no data in this window. Choose a stretch that both have, or compare the whole runs.
        </p>
      ) : reading.error !== null ? (
        <ErrorState title="The runs could not be compared" message={reading.error} onRetry={compared.reload} />
      ) : reading.data === null ? (
        <Spinner label="Comparing" />
      ) : (
        <>
          <Outcome comparison={reading.data} letter={letter} isWindow={window !== null} />
          <Cautions comparison={reading.data} letter={letter} />
          <DifferencesSection a={a.record} b={focused.record} letter={letter} />
          <VerdictTable comparison={reading.data} letter={letter} />
        </>
      )}
      <OverlayCharts place={keptAs} runs={runs} group={group} window={window} />
      {window ? (
        <FailuresOfWindow readings={stretches.readings} letter={letter} onRetry={stretches.reload} />
      ) : (
        <FailureDifferences a={a.report} b={focused.report} letter={letter} hasWindow={false} />
      )}
    </Page>
  );
}

interface FailuresOfWindowProps {
  /** A first; none when one of the runs has nothing of the window. */
  readings: readonly OneReading<WindowStatistics>[];
  letter: string;
  onRetry(): void;
}

function FailuresOfWindow({ readings: [a, b], letter, onRetry }: FailuresOfWindowProps) {
  if (!a || !b) return null;
  const error = a.error ?? b.error;
  if (error !== null)
    return <ErrorState title="The failures of the window could not be read" message={error} onRetry={onRetry} />;
  if (!a.data || !b.data) return <Spinner label="Reading the failures of the window" />;
  return <FailureDifferences a={a.data} b={b.data} letter={letter} hasWindow />;
}

interface PageProps extends Pick<ComparisonProps, 'rows' | 'ids'> {
  onExport?(format: 'csv' | 'html'): void;
  children: ReactNode;
}

function Page({ rows, ids, onExport, children }: PageProps) {
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Compare</h1>
      <ComparedRuns rows={rows} ids={ids} onExport={onExport} />
      {children}
    </div>
  );
}

/** What came out for a run, in two words. */
function Found({ reading }: { reading: OneReading<RunComparison> | undefined }) {
  if (!reading?.data) return null;
  const [gravest] = verdictCounts(reading.data);
  return gravest && <span className={styles.found}>{`${VERDICT_WORDS[gravest.verdict].word} ${gravest.count}`}</span>;
}

/** What of A and another run is compared; null when one has nothing of the window. */
function windowsOf(window: SecondWindow | null, a: RunSnapshot | undefined, b: RunSnapshot) {
  return a ? comparedWindows(window, { a: a.elapsedSeconds, b: b.elapsedSeconds }) : null;
}
