import { Copy, Info, ScrollText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LogEntry, RunSnapshot } from '../../../shared/api/types';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { formatClock, formatMoment, plural } from '../../ui/format';
import { Select } from '../../ui/Select';
import { Status, type Tone } from '../../ui/Status';
import { TextField } from '../../ui/TextField';
import { toasts } from '../../ui/toasts';
import styles from './LogTab.module.css';
import { type LogLine, logLines } from './model/run-log';

type Level = 'info' | 'warn' | 'error';

const LEVELS: { value: Level; label: string }[] = [
  { value: 'info', label: 'All lines' },
  { value: 'warn', label: 'Warnings and errors' },
  { value: 'error', label: 'Errors' },
];
const ORDER: Record<Level, number> = { info: 0, warn: 1, error: 2 };
const TONES: Record<Level, { tone: Tone; word: string }> = {
  info: { tone: 'neutral', word: 'info' },
  warn: { tone: 'warn', word: 'warning' },
  error: { tone: 'bad', word: 'error' },
};
/** More lines than this are not laid out. */
const MAX_SHOWN = 1_000;

/** What the run told: its log and its events, in order of time. */
export function LogTab({ snapshot, log }: { snapshot: RunSnapshot; log: readonly LogEntry[] }) {
  const [level, setLevel] = useState<Level>('info');
  const [search, setSearch] = useState('');
  const lines = useMemo(() => logLines(snapshot, log), [snapshot, log]);
  const found = lines.filter(
    (line) => ORDER[line.level] >= ORDER[level] && line.text.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const shown = found.slice(-MAX_SHOWN);
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is followed, unless the user has scrolled up
  useEffect(() => {
    if (atEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [found.length]);

  if (lines.length === 0) {
    return (
      <EmptyState icon={<ScrollText />} title="No log">
        Messages of the run are listed here while it is in progress. Of an earlier run, only events are kept.
      </EmptyState>
    );
  }
  const copy = () =>
    navigator.clipboard.writeText(found.map(lineText).join('\n')).then(
      () => toasts.success(`${plural(found.length, 'line')} copied.`),
      () => toasts.error('The log could not be copied: the browser does not allow it. Select the text and copy it.'),
    );
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <Select<Level>
          label="Level"
          labelPlace="hidden"
          value={level}
          options={LEVELS}
          onChange={setLevel}
          className={styles.level}
        />
        <span className={styles.note}>
          {log.length === 0 && 'Of an earlier run, only events are kept.'}
          {found.length > MAX_SHOWN && `The last ${MAX_SHOWN} of ${plural(found.length, 'line')}.`}
        </span>
        <TextField
          label="Filter log"
          labelPlace="hidden"
          placeholder="Filter log"
          type="search"
          value={search}
          onChange={setSearch}
          className={styles.search}
        />
        <Button icon={<Copy />} onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      <ol
        ref={list}
        className={styles.list}
        aria-label="Log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < 32;
        }}
      >
        {shown.map((line) => (
          <li key={line.key} className={styles.line}>
            <time className={styles.time} title={formatMoment(line.at)}>
              {formatClock(line.second)}
            </time>
            <span>
              <Status tone={TONES[line.level].tone} icon={line.level === 'info' ? <Info /> : undefined}>
                {TONES[line.level].word}
              </Status>
            </span>
            <span className={styles.text}>{line.text}</span>
          </li>
        ))}
      </ol>
      {found.length === 0 && <p className={styles.note}>No line matches. Choose all lines, or filter by something else.</p>}
    </div>
  );
}

function lineText({ at, level, text }: LogLine): string {
  return `${new Date(at).toISOString()} ${level} ${text}`;
}
