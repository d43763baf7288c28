/** The runs chosen in a list, and where a range that is extended begins. */
export interface RunSelection {
  ids: ReadonlySet<number>;
  anchor: number | null;
}

export const NOTHING_SELECTED: RunSelection = { ids: new Set(), anchor: null };

/** Space or the checkbox: chooses a run or drops it; ranges begin here from now on. */
export function toggled({ ids }: RunSelection, id: number): RunSelection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/**
 * Shift: chooses everything from the anchor to the run, in the order shown, beside what is chosen already. Without an anchor in sight only
 * the run itself.
 */
export function extendedTo({ ids, anchor }: RunSelection, id: number, order: readonly number[]): RunSelection {
  const begin = anchor === null ? -1 : order.indexOf(anchor);
  const end = order.indexOf(id);
  if (end < 0) return { ids, anchor };
  const [from, to] = begin < 0 ? [end, end] : [Math.min(begin, end), Math.max(begin, end)];
  return { ids: new Set([...ids, ...order.slice(from, to + 1)]), anchor: begin < 0 ? id : anchor };
}

/** The checkbox in the head: chooses all shown, or drops them when they are all chosen. */
export function toggledAll({ ids }: RunSelection, order: readonly number[]): RunSelection {
  const all = order.every((id) => ids.has(id));
  const next = new Set(ids);
  for (const id of order) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return { ids: next, anchor: null };
}

/** What is left of a selection when only these runs are shown: nothing out of sight stays chosen. */
export function withinSight(selection: RunSelection, shown: readonly number[]): RunSelection {
  const inSight = new Set(shown);
  const ids = [...selection.ids].filter((id) => inSight.has(id));
  if (ids.length === selection.ids.size) return selection;
  return { ids: new Set(ids), anchor: selection.anchor !== null && inSight.has(selection.anchor) ? selection.anchor : null };
}
