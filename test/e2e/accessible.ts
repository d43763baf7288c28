import { expect, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Rules = 'wcag' | 'every' | 'colours';

/** Rules about colours: all that another theme can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

const OPTIONS: Record<Rules, RunOptions> = {
  wcag: { runOnly: { type: 'tag', values: WCAG }, rules: { 'heading-order': { enabled: true } } },
  every: {},
  colours: { runOnly: { type: 'rule', values: COLOURS } },
};

/**
 * Fails when what the page shows breaks a rule of WCAG 2.2 A and AA, or skips a level of headings. `rules`: 'every' that axe knows, or only those about 'colours',
 * for what has been looked at in the other theme. `what` names the view.
 */
export async function expectAccessible(page: Page, what: string, { rules = 'wcag' }: { rules?: Rules } = {}): Promise<void> {
  // Half a megabyte of program, which a page is given once. Frames are not looked into: the app's policy allows none.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    async (options) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.map(({ target, html }) => `${target}: ${html}`),
      }));
    },
    { resultTypes: ['violations'], ...OPTIONS[rules] } satisfies RunOptions,
  );
  expect(found, what).toEqual([]);
}
