import { useApp } from './app-store';

const ROW_HEIGHTS = { compact: 28, comfortable: 36 };

/** Of a table's row of one line (`--row-height`), in px, by the density that the user has chosen. */
export function useRowHeight(): number {
  return useApp((state) => ROW_HEIGHTS[state.settings.density]);
}
