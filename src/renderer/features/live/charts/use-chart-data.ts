import { useCallback, useEffect, useRef } from 'react';
import type { RunSnapshot } from '../../../../shared/api/types';
import { timeAxisEnd } from '../../../charts/axis-steps';
import { type Backdrop, NO_BACKDROP } from '../../../charts/backdrop';
import type { ChartGroup } from '../../../charts/chart-group';
import type { RunViewModel } from '../model/run-view-model';

/** Keeps a group of charts in step with a run: its time axis, and what lies behind the lines. Returns the backdrop, always the same function. */
export function useChartData(model: RunViewModel, group: ChartGroup, snapshot: RunSnapshot, running: boolean): () => Backdrop {
  const backdrop = useRef(NO_BACKDROP);
  const newest = useRef({ snapshot, running });
  newest.current = { snapshot, running };

  const update = useCallback(() => {
    const { snapshot: now, running: isOn } = newest.current;
    const { columns } = model;
    backdrop.current = {
      shaded: columns.unsteadyStretches(),
      limited: columns.limitedStretches(),
      marks: now.events.map(({ atMs }) => atMs / 1000),
    };
    // Until the course is read, the axis is as long as the run: it stays as it is when the lines come.
    const end = columns.length > 0 ? columns.endSecond : Math.ceil(now.elapsedSeconds);
    const to = isOn ? timeAxisEnd(end, now.plannedSeconds) : end;
    group.setData({ from: columns.firstSecond, to: Math.max(to, columns.firstSecond + 2) }, end);
  }, [model, group]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of the run and its events change axis and marks
  useEffect(() => {
    update();
    return model.onData(update);
  }, [model, update, running, snapshot.events.length]);

  return useCallback(() => backdrop.current, []);
}
