import { type Ref, useImperativeHandle, useRef } from 'react';
import styles from './ChartLegend.module.css';

export interface LegendEntry {
  id: string;
  label: string;
  /** Any CSS colour. */
  color: string;
  dash?: readonly number[];
}

/** Shows values beside the entries without a rendering: the cursor moves with every frame. */
export interface LegendValues {
  show(values: ReadonlyMap<string, string> | null): void;
}

export interface ChartLegendProps {
  /** What the entries belong to. */
  label: string;
  entries: readonly LegendEntry[];
  hidden: ReadonlySet<string>;
  /** Shows or hides a line. */
  onToggle(id: string): void;
  values: Ref<LegendValues>;
}

/** The lines of a chart, each a button that hides or shows it, with their values at the cursor. */
export function ChartLegend({ label, entries, hidden, onToggle, values }: ChartLegendProps) {
  const texts = useRef(new Map<string, HTMLElement>());
  useImperativeHandle(values, () => ({
    show: (shown) => {
      for (const [id, element] of texts.current) element.textContent = shown?.get(id) ?? '';
    },
  }));
  return (
    <ul className={styles.legend} aria-label={`Lines of ${label}`}>
      {entries.map(({ id, label: name, color, dash }) => (
        <li key={id}>
          <button type="button" aria-pressed={!hidden.has(id)} className={styles.entry} onClick={() => onToggle(id)}>
            <svg width="14" height="8" aria-hidden="true">
              <line x1="0" x2="14" y1="4" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dash?.join(' ')} />
            </svg>
            <span title={name} className={styles.name}>
              {name}
            </span>
            <span
              className={styles.value}
              aria-hidden="true"
              ref={(element) => {
                if (element) texts.current.set(id, element);
                else texts.current.delete(id);
              }}
            />
          </button>
        </li>
      ))}
    </ul>
  );
}
