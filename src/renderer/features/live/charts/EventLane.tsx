import { CircleStop, Flag, HeartPulse, OctagonX, Pencil, RotateCcw, StickyNote, Unplug } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { RunEvent } from '../../../../shared/stats/frame';
import { visibleSentence } from '../../../../shared/text/sentence';
import type { ChartGroup } from '../../../charts/chart-group';
import { PLOT_LEFT, pixelOf } from '../../../charts/plot-area';
import { formatClock } from '../../../ui/format';
import { Tooltip } from '../../../ui/Tooltip';
import styles from './EventLane.module.css';

const ICONS: Record<RunEvent['kind'], ReactNode> = {
  'spawn-done': <Flag />,
  edit: <Pencil />,
  stop: <CircleStop />,
  'stop-now': <OctagonX />,
  'shard-lost': <Unplug />,
  recovered: <HeartPulse />,
  'statistics-reset': <RotateCcw />,
  note: <StickyNote />,
};

interface EventLaneProps {
  group: ChartGroup;
  events: readonly RunEvent[];
  /** The same marks once more, over a second column of charts: for the eye only. */
  isCopy?: boolean;
}

/** Marks the events of a run over its charts, at their time. */
export function EventLane({ group, events, isCopy = false }: EventLaneProps) {
  const lane = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more events have to be put in their places
  useEffect(() => {
    const place = () => {
      const list = lane.current;
      if (!list) return;
      const { range } = group;
      for (const item of list.querySelectorAll<HTMLElement>('li')) {
        const second = Number(item.dataset.second);
        item.hidden = second < range.from || second > range.to;
        item.style.transform = `translateX(${pixelOf(second, range, list.clientWidth)}px)`;
      }
    };
    const member = { draw: place, showCursor: () => undefined, showSelection: () => undefined };
    const leave = group.add(member);
    const resizing = new ResizeObserver(() => group.invalidateOne(member));
    if (lane.current) resizing.observe(lane.current);
    return () => {
      resizing.disconnect();
      leave();
    };
  }, [group, events.length]);

  if (events.length === 0) return null;
  return (
    <div className={styles.frame} aria-hidden={isCopy || undefined}>
      {!isCopy && (
        <span className={styles.label} style={{ width: PLOT_LEFT }} aria-hidden="true">
          Events
        </span>
      )}
      <ul ref={lane} className={styles.lane} aria-label="Events of the run">
        {events.map(({ atMs, kind, text }, index) => {
          const title = `${formatClock(atMs / 1000)}  ${visibleSentence(text)}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: events are only ever added at the end
            <li key={index} data-second={atMs / 1000}>
              <Tooltip content={title} side="top">
                <button type="button" className={styles.mark} aria-label={title} tabIndex={isCopy ? -1 : undefined}>
                  {ICONS[kind]}
                </button>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
