import type { Page } from '@playwright/test';

/** Longest that a view may take, ms. */
const PATIENCE_MS = 120_000;

/** Goes to a view of the app and resolves, in ms, when all these texts stand in it and the frame with them is painted. */
export function timeToShow(page: Page, view: string, texts: readonly string[]): Promise<number> {
  return page.evaluate(
    async ([hash, wanted, patienceMs]) => {
      const begin = performance.now();
      window.location.assign(hash);
      const frame = () => new Promise(requestAnimationFrame);
      const main = document.querySelector('main');
      while (!wanted.every((text) => main?.textContent?.includes(text))) {
        if (performance.now() - begin > patienceMs)
          throw new Error(`${hash} did not show within ${patienceMs / 1000} s: ${main?.textContent}`);
        await frame();
      }
      await frame();
      return performance.now() - begin;
    },
    [`#/${view}`, texts, PATIENCE_MS] as const,
  );
}

/** Opens a stored run: its figures and the table of its statistics. ms */
export async function timeToOpen(page: Page, runId: number): Promise<number> {
  await timeToShow(page, 'settings', ['Appearance']);
  return timeToShow(page, `live/${runId}`, ['Aggregated', '/data/19']);
}

/** Compares two stored runs: verdicts and the percentile spectrum. ms */
export async function timeToCompare(page: Page, a: number, b: number): Promise<number> {
  await timeToShow(page, 'settings', ['Appearance']);
  return timeToShow(page, `compare/${a},${b}`, ['Verdicts', 'Percentile spectrum, steady phase', `B run ${b}`]);
}

/** Opens a stored run, then its charts with the heat map: from the click on their tab. ms */
export async function timeToCharts(page: Page, runId: number): Promise<number> {
  await timeToOpen(page, runId);
  const begin = performance.now();
  await page.getByRole('tab', { name: 'Charts' }).click();
  await page.getByRole('slider', { name: /^Latency heat map/ }).waitFor({ timeout: PATIENCE_MS });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const tookMs = performance.now() - begin;
  // The app remembers the tab, and an opening is measured by the other one.
  await page.getByRole('tab', { name: 'Statistics' }).click();
  return tookMs;
}
