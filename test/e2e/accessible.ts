import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails when what the page shows breaks a rule of WCAG 2.2 A and AA, or skips a level of headings, or, with `everyRule`, any that axe knows. `what` names the view. */
export async function expectAccessible(page: Page, what: string, { everyRule = false } = {}): Promise<void> {
  // Nothing is told of the elements that are well, and the rules are weighed in the page itself: else each look opens a window for that,
  // and takes twice the time. That is enough for a page without frames of others.
  const wcag: Parameters<AxeBuilder['options']>[0] = {
    runOnly: { type: 'tag', values: WCAG },
    rules: { 'heading-order': { enabled: true } },
  };
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], ...(everyRule ? {} : wcag) })
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, html }) => `${target}: ${html}`),
  }));
  expect(found, what).toEqual([]);
}
