import { useState } from 'react';
import { NumberField } from '../../ui/NumberField';

const MAX_RATE = 1_000_000;

/** The most requests a second that runs of this app may begin. What is typed is kept as soon as it makes sense. */
export function RateGuardField({ value, onChange }: { value: number | null; onChange(value: number | null): void }) {
  const [typed, setTyped] = useState(value);
  const error =
    typed === null || (typed > 0 && typed <= MAX_RATE) ? null : 'A number above 0 and up to 1,000,000 is needed, or none.';
  const change = (next: number | null) => {
    setTyped(next);
    if (next === null || (next > 0 && next <= MAX_RATE)) onChange(next);
  };
  return (
    <NumberField
      label="At most"
      unit="requests/s"
      placeholder="no limit"
      value={typed}
      min={1}
      max={MAX_RATE}
      onChange={change}
      error={error}
      hint="Holds from the next run on. Seconds in which requests were held back for it are marked."
    />
  );
}
