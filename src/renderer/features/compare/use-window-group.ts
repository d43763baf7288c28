import { useEffect, useState } from 'react';
import type { SecondWindow } from '../../../shared/api/types';
import { viewActions } from '../../app/view-store';
import { ChartGroup } from '../../charts/chart-group';

/** Charts of a comparison, zoomed to the window that its address has. Another window chosen in them is the address's: going back leads to it again. */
export function useWindowGroup(runIds: readonly number[], window: SecondWindow | null): ChartGroup {
  const [group] = useState(() => new ChartGroup(window));

  useEffect(() => {
    if (!isSame(group.getState().zoom, window)) group.zoomTo(window);
  }, [group, window]);

  useEffect(
    () =>
      group.subscribe(() => {
        const { zoom } = group.getState();
        if (!isSame(zoom, window)) viewActions.amend({ name: 'compare', runIds: [...runIds], ...(zoom && { window: zoom }) });
      }),
    [group, runIds, window],
  );
  return group;
}

function isSame(one: SecondWindow | null, other: SecondWindow | null): boolean {
  return one?.from === other?.from && one?.to === other?.to;
}
