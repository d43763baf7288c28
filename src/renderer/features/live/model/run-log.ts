import type { LogEntry, RunSnapshot } from '../../../../shared/api/types';
import type { RunEvent } from '../../../../shared/stats/frame';
import { visibleSentence } from '../../../../shared/text/sentence';

/** A line of the log: what the run logged, or an event of its time line. */
export interface LogLine {
  key: string;
  /** epoch ms */
  at: number;
  /** Seconds since the start of the run. */
  second: number;
  level: LogEntry['level'];
  text: string;
}

const EVENT_LEVELS: Partial<Record<RunEvent['kind'], LogEntry['level']>> = { 'shard-lost': 'error', 'stop-now': 'warn' };

/** Log and events in order of time. What was both logged and marked stands there once. */
export function logLines(snapshot: RunSnapshot, log: readonly LogEntry[]): LogLine[] {
  const start = snapshot.record.startedAt;
  const logged = new Set(log.map(({ text }) => visibleSentence(text)));
  const lines: Omit<LogLine, 'key'>[] = [
    ...log.map(({ at, level, text }) => ({ at, second: (at - start) / 1000, level, text: visibleSentence(text) })),
    ...snapshot.events
      .filter(({ text }) => !logged.has(visibleSentence(text)))
      .map(({ atMs, kind, text }) => ({
        at: start + atMs,
        second: atMs / 1000,
        level: EVENT_LEVELS[kind] ?? 'info',
        text: visibleSentence(text),
      })),
  ];
  return lines.sort((a, b) => a.at - b.at).map((line, index) => ({ ...line, key: `${line.at} ${index}` }));
}
