import { useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import { useApi } from '../../api/api-context';
import { RunViewModel, type RunViewState } from './model/run-view-model';

/** The model of a run, as long as the component is there; null during the first rendering. */
export function useRunModel(runId: number | 'current'): RunViewModel | null {
  const api = useApi();
  const [model, setModel] = useState<RunViewModel | null>(null);
  useEffect(() => {
    const created = new RunViewModel(api, runId);
    setModel(created);
    return () => {
      created.dispose();
      setModel(null);
    };
  }, [api, runId]);
  return model;
}

/** What the model knows; renders again at most four times a second. */
export function useRunState(model: RunViewModel): RunViewState {
  return useSyncExternalStore(model.subscribe, model.getState);
}

/** Renders again when the course has something new, at most once a second. */
export function useCourseTick(model: RunViewModel): number {
  const [tick, next] = useReducer((before: number) => before + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = model.onData(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        next();
      }, 1000);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [model]);
  return tick;
}
