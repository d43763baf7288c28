import { useState } from 'react';
import { HIGHEST_MAX_RATE } from '../../../shared/scenario/schema-values';
import { formatCount } from '../../ui/format';
import { NumberField } from '../../ui/NumberField';
import styles from './RateGuardField.module.css';

/** The most requests a second that runs of this app may begin. What is typed is kept as soon as it makes sense. */
export function RateGuardField({ value, onChange }: { value: number | null; onChange(value: number | null): void }) {
  const [typed, setTyped] = useState(value);
  const error =
    typed === null || (typed > 0 && typed <= HIGHEST_MAX_RATE)
      ? null
      : `Enter a number above 0, up to ${formatCount(HIGHEST_MAX_RATE)}, or nothing.`;
  const change = (next: number | null) => {
    setTyped(next);
    if (next === null || (next > 0 && next <= HIGHEST_MAX_RATE)) onChange(next);
  };
  return (
    <NumberField
      label="At most"
      className={styles.field}
      unit="requests/s"
      placeholder="no limit"
      value={typed}
      min={1}
      max={HIGHEST_MAX_RATE}
      onChange={change}
      error={error}
      hint="Applies from the next run on. Seconds in which it held back requests are marked."
    />
  );
}
