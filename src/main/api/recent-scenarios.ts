import { z } from 'zod';
import { parseScenario } from '../../shared/scenario/parse';
import { serializeScenario } from '../../shared/scenario/serialize';
import { withoutCredentials } from '../../shared/scenario/without-credentials';

/** As many as there are recent files on the desktop. */
export const MAX_RECENT = 10;
/** A scenario with a longer text is not kept. Characters. */
export const MAX_KEPT_TEXT = 1_000_000;
/** Of all texts together; the oldest make room. Characters. */
export const MAX_KEPT_TEXTS = 4_000_000;

export const recentScenariosSchema = z.array(z.object({ name: z.string(), text: z.string() }));

/** A scenario with its contents, for a page that has no path to open it by. */
export type RecentScenario = z.output<typeof recentScenariosSchema>[number];

/**
 * The list with a scenario at its head, newest first, within its bounds. A scenario of the same name gives way: saved, they would be one
 * file. Credentials that are written out are left out. The same list when the text is too long, or cannot run yet: what in it is a
 * credential cannot be told then.
 */
export function withRecentScenario(list: readonly RecentScenario[], text: string): readonly RecentScenario[] {
  if (text.length > MAX_KEPT_TEXT) return list;
  const parsed = parseScenario(text);
  if (!parsed.ok) return list;
  const { name } = parsed.scenario;
  const kept = { name, text: serializeScenario(withoutCredentials(parsed.scenario)) };
  let room = MAX_KEPT_TEXTS;
  return [kept, ...list.filter((scenario) => scenario.name !== name)].slice(0, MAX_RECENT).filter((scenario) => {
    room -= scenario.text.length;
    return room >= 0;
  });
}
