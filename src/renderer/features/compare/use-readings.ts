import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RouteInput, RouteName, RouteOutput } from '../../../shared/api/routes';
import { useApi } from '../../api/api-context';
import { errorSentence } from '../../ui/toasts';

/** One of several readings. Both null: on its way. */
export interface OneReading<T> {
  data: T | null;
  /** A sentence for the user. */
  error: string | null;
}

const UNDER_WAY: OneReading<never> = { data: null, error: null };

/**
 * Reads a route once for each input; what is known already is not read again, unless `reload()` is called. The list stays the same object until
 * something of it changes.
 */
export function useReadings<Name extends RouteName>(
  name: Name,
  inputs: readonly RouteInput<Name>[],
): { readings: OneReading<RouteOutput<Name>>[]; reload(): void } {
  const api = useApi();
  const wanted = inputs.map((input) => JSON.stringify(input)).join('\n');
  const [known, setKnown] = useState<ReadonlyMap<string, OneReading<RouteOutput<Name>>>>(new Map());
  const [serial, setSerial] = useState(0);
  const asked = useRef({ serial, keys: new Set<string>() });

  useEffect(() => {
    if (asked.current.serial !== serial) asked.current = { serial, keys: new Set() };
    const { keys } = asked.current;
    for (const key of keysOf(wanted)) {
      if (keys.has(key)) continue;
      keys.add(key);
      const put = (reading: OneReading<RouteOutput<Name>>) => {
        // What was asked before the last reload is old news.
        if (asked.current.keys === keys) setKnown((before) => new Map(before).set(key, reading));
      };
      api.call(name, JSON.parse(key)).then(
        (data) => put({ data, error: null }),
        (error) => put({ data: null, error: errorSentence(error) }),
      );
    }
  }, [api, name, wanted, serial]);

  const reload = useCallback(() => setSerial((before) => before + 1), []);
  const readings = useMemo(() => keysOf(wanted).map((key) => known.get(key) ?? UNDER_WAY), [known, wanted]);
  return { readings, reload };
}

function keysOf(wanted: string): string[] {
  return wanted === '' ? [] : wanted.split('\n');
}
