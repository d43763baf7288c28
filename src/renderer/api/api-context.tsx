import { createContext, type ReactNode, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ApiClient } from '../../shared/api/client';
import type { ApiEventName, ApiEvents } from '../../shared/api/events';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/api/routes';
import { errorSentence, toasts } from '../ui/toasts';

const ApiContext = createContext<ApiClient | null>(null);

export function ApiProvider({ api, children }: { api: ApiClient; children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>;
}

/** The API. Its calls reject with an `ApiError`; see `useCall` for one that tells the user itself. */
export function useApi(): ApiClient {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no ApiProvider around this component.');
  return api;
}

/** Calls a route and tells the user, in a toast, when that failed. */
export type Call = <Name extends RouteName>(
  name: Name,
  input: RouteInput<Name>,
) => Promise<{ ok: true; data: RouteOutput<Name> } | { ok: false }>;

/** For buttons and the like: a failure is shown as a toast and need not be handled. */
export function useCall(): Call {
  const api = useApi();
  return useCallback(
    async (name, input) => {
      try {
        return { ok: true, data: await api.call(name, input) };
      } catch (error) {
        toasts.error(error);
        return { ok: false };
      }
    },
    [api],
  );
}

/** What was read, or why not. `data` stays while it is read again. */
export interface Reading<T> {
  data: T | null;
  /** A sentence for the user. */
  error: string | null;
  loading: boolean;
  reload(): void;
}

/**
 * Reads a route when the component appears, when the input changes and on `reload()`. `input` null: not now. With another `revision` the same is
 * read again: what it is about has changed.
 */
export function useReading<Name extends RouteName>(
  name: Name,
  input: RouteInput<Name> | null,
  revision = 0,
): Reading<RouteOutput<Name>> {
  const api = useApi();
  const key = input === null ? null : JSON.stringify(input);
  const [serial, setSerial] = useState(0);
  const [state, setState] = useState<{
    key: string | null;
    data: RouteOutput<Name> | null;
    error: string | null;
    loading: boolean;
  }>({
    key: null,
    data: null,
    error: null,
    loading: true,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: serial and revision ask for the same once more
  useEffect(() => {
    if (key === null) return;
    let current = true;
    setState((before) => ({ ...before, data: before.key === key ? before.data : null, error: null, key, loading: true }));
    api.call(name, JSON.parse(key)).then(
      (data) => current && setState({ key, data, error: null, loading: false }),
      (error) => current && setState((before) => ({ ...before, error: errorSentence(error), loading: false })),
    );
    return () => {
      current = false;
    };
  }, [api, name, key, serial, revision]);

  const reload = useCallback(() => setSerial((before) => before + 1), []);
  // During the first render after a change of input what is there still belongs to the one before.
  const isOld = state.key !== key;
  return {
    data: isOld ? null : state.data,
    error: isOld ? null : state.error,
    loading: key !== null && (isOld || state.loading),
    reload,
  };
}

/** Hears an event while the component is there. Keep the listener stable (`useCallback`). */
export function useApiEvent<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void): void {
  const api = useApi();
  useEffect(() => api.on(name, listener), [api, name, listener]);
}

/** Whether main can be reached. */
export function useOnline(): boolean {
  const api = useApi();
  return useSyncExternalStore(
    useCallback((listener) => api.onOnlineChange(listener), [api]),
    () => api.online,
  );
}

/** Why main cannot be reached, as a sentence; null when it can, or when no more is known than that it does not answer. */
export function useAwayReason(): string | null {
  const api = useApi();
  return useSyncExternalStore(
    useCallback((listener) => api.onOnlineChange(listener), [api]),
    () => api.awayReason ?? null,
  );
}
