import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { classNames } from './class-names';
import styles from './SplitPane.module.css';

export interface SplitPaneProps {
  /** The pane with a width of its own, and its name. null: it is closed, and the rest has all the room and stays as it is. */
  side: ReactNode;
  sideLabel: string;
  /** Which side it is on. */
  place: 'start' | 'end';
  /** The rest. */
  children: ReactNode;
  initialWidth: number;
  minWidth?: number;
  maxWidth?: number;
  /** In little room the side takes all of it, until it is closed; else both have a part. */
  coversWhenNarrow?: boolean;
}

const KEY_STEP = 16;

/** Two panes with a border between them that can be dragged, or moved with the arrow keys. */
export function SplitPane({
  side,
  sideLabel,
  place,
  children,
  initialWidth,
  minWidth = 180,
  maxWidth = 640,
  coversWhenNarrow = false,
}: SplitPaneProps) {
  const [width, setWidth] = useState(initialWidth);
  const sign = place === 'start' ? 1 : -1;
  const resize = (next: number) => setWidth(Math.min(maxWidth, Math.max(minWidth, next)));

  const drag = (start: PointerEvent<HTMLElement>) => {
    const handle = start.currentTarget;
    const from = start.clientX;
    handle.setPointerCapture(start.pointerId);
    const move = (event: globalThis.PointerEvent) => resize(width + sign * (event.clientX - from));
    const end = () => handle.removeEventListener('pointermove', move);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
  };

  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(width + sign * step);
  };

  const pane = side !== null && (
    <div className={styles.side} style={{ width }}>
      {side}
    </div>
  );
  const handle = side !== null && (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${sideLabel}`}
      aria-valuenow={width}
      aria-valuemin={minWidth}
      aria-valuemax={maxWidth}
      tabIndex={0}
      className={styles.handle}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
  const main = <div className={styles.main}>{children}</div>;
  return (
    <div className={classNames(styles.split, coversWhenNarrow && side !== null && styles.covering)}>
      {place === 'start' ? pane : main}
      {handle}
      {place === 'start' ? main : pane}
    </div>
  );
}
