import type { HeatColumn } from '../../src/shared/api/types';

/** The columns of a text of them (`heatText`), to compare with: the app itself reads such a text without making them. */
export function heatColumns(text: string): HeatColumn[] {
  return text === '' ? [] : text.split(';').map((column) => JSON.parse(column) as HeatColumn);
}
