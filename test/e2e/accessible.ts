import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Rules = 'wcag' | 'every' | 'colours';

/** Rules about colours: all that another theme can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

const OPTIONS: Record<Rules, Parameters<AxeBuilder['options']>[0]> = {
  wcag: { runOnly: { type: 'tag', values: WCAG }, rules: { 'heading-order': { enabled: true } } },
  every: {},
  colours: { runOnly: { type: 'rule', values: COLOURS } },
};

/**
 * Fails when what the page shows breaks a rule of WCAG 2.2 A and AA, or skips a level of headings. `rules`: 'every' that axe knows, or only those about 'colours',
 * for what has been looked at in the other theme. `what` names the view.
 */
export async function expectAccessible(page: Page, what: string, { rules = 'wcag' }: { rules?: Rules } = {}): Promise<void> {
  // Nothing is told of the elements that are well, and the rules are weighed in the page itself: else each look opens a window for that,
  // and takes twice the time. That is enough for a page without frames of others.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], ...OPTIONS[rules] })
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, html }) => `${target}: ${html}`),
  }));
  expect(found, what).toEqual([]);
}
