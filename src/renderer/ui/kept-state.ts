import { useCallback, useState } from 'react';

const kept = new Map<string, unknown>();

/**
 * As `useState`, of what is still there when a view is left and shown again: a sort, a filter, a choice. `place` names it, once in the app, and stays
 * the same as long as the component is there; without one nothing is kept. What was never set is not kept: it begins as `first` says then.
 */
export function useKept<Value>(place: string | undefined, first: () => Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() =>
    place !== undefined && kept.has(place) ? (kept.get(place) as Value) : first(),
  );
  const put = useCallback(
    (next: Value) => {
      if (place !== undefined) kept.set(place, next);
      setValue(next);
    },
    [place],
  );
  return [value, put];
}

/** The one object of a place, made when it is first asked for, and kept as long as the page is. */
export function keptObject<Value extends object>(place: string, make: () => Value): Value {
  if (!kept.has(place)) kept.set(place, make());
  return kept.get(place) as Value;
}
