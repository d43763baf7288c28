import { ChevronDown, Play, Square } from 'lucide-react';
import { Button } from '../ui/Button';
import { classNames } from '../ui/class-names';
import { IconButton } from '../ui/IconButton';
import { Tooltip } from '../ui/Tooltip';
import styles from './RunControls.module.css';
import { RunEditPopover } from './RunEditPopover';
import { useRun } from './run-store';
import { useAction } from './use-action';

/** Start run; while one is on, Edit and Stop. */
export function RunControls() {
  const running = useRun((state) => state.running);
  return <div className={styles.controls}>{running ? <WhileRunning /> : <BeforeRun />}</div>;
}

function BeforeRun() {
  const start = useAction('run.start');
  const startWithOptions = useAction('run.startWithOptions');
  const hindered = start.hindrance !== null;
  // With problems it is no less there: it leads to them.
  const isReady = start.detour === null;
  return (
    <>
      <Tooltip content={start.hindrance ?? start.detour ?? 'Starts the scenario as it is'} shortcut={start.shortcut ?? undefined}>
        <Button
          variant={isReady ? 'primary' : 'secondary'}
          icon={<Play />}
          disabled={hindered}
          onClick={start.run}
          className={styles.start}
        >
          {start.label}
        </Button>
      </Tooltip>
      <IconButton
        label={startWithOptions.label}
        shortcut={startWithOptions.shortcut ?? undefined}
        icon={<ChevronDown />}
        disabled={hindered}
        onClick={startWithOptions.run}
        className={classNames(styles.options, isReady && styles.ready)}
      />
    </>
  );
}

function WhileRunning() {
  const stop = useAction('run.stop');
  const stopping = useRun((state) => state.stopping);
  const explanation = stopping ? 'Abandons the requests in flight' : 'Lets nodes finish what they are doing, then ends the run';
  return (
    <>
      <RunEditPopover />
      <Tooltip content={stop.hindrance ?? explanation} shortcut={stop.shortcut ?? undefined}>
        <Button variant="danger" icon={<Square />} disabled={stop.hindrance !== null} onClick={stop.run}>
          {stopping ? 'Stop now' : 'Stop'}
        </Button>
      </Tooltip>
    </>
  );
}
