import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';
import { storeHistory } from './stored-runs';

/** Of the last column of the history. */
const MENU_WIDTH = 40;

const VIEWS = ['welcome', 'editor', 'live/2', 'history', 'compare/1,2', 'settings'];

/** What reaches beyond the window although nothing around it scrolls: cut off, or only to be had by scrolling the page sideways. */
async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean => {
      if (!element) return false;
      const { overflowX } = getComputedStyle(element);
      return overflowX === 'auto' || overflowX === 'scroll' || scrolls(element.parentElement);
    };
    const found = [...document.querySelectorAll('main *, header *, nav *, [role="status"] *')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !scrolls(element))
      .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        return width > 1 && height > 1 && right > window.innerWidth + 1;
      })
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`);
    return [
      ...(document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []),
      ...(document.documentElement.scrollHeight > window.innerHeight ? ['the page scrolls'] : []),
      ...found,
    ];
  });
}

async function show(page: Page, view: string): Promise<void> {
  await page.evaluate((name) => window.location.assign(`#/${name}`), view);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/^Loading|Reading/);
}

// 200 % zoom of a window of 1280x800 is one of 640x400 with twice the pixels.
for (const [what, width, height] of [
  ['the smallest window', 1024, 640],
  ['200 % zoom', 640, 400],
] as const) {
  test(`fits into ${what}`, async ({ page, app }) => {
    await storeHistory(app, [
      { name: 'Version 1 of a backend with a long name', run: { status: 'failed', degraded: true } },
      { name: 'Version 2', latencyFactor: 1.4 },
    ]);
    await openScenario(page, tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' }));
    await page.setViewportSize({ width, height });
    for (const view of VIEWS) {
      await show(page, view);
      expect(await overflows(page), view).toEqual([]);
    }
    await show(page, 'history');
    const status = page.getByRole('grid', { name: 'Runs' }).getByText('Failed, degraded', { exact: true });
    expect(await status.evaluate((word) => word.scrollWidth - word.clientWidth), 'a status is cut').toBeLessThanOrEqual(0);
    // Of the smallest window only the notes are sideways.
    const failures = await page.getByRole('columnheader', { name: /^Failures/ }).boundingBox();
    expect((failures?.x ?? 0) + (failures?.width ?? 0), 'the figures of a run').toBeLessThanOrEqual(1024 - MENU_WIDTH);
    // What is done most must be in sight.
    await show(page, 'editor');
    await expect(page.getByRole('button', { name: 'Start run', exact: true })).toBeInViewport();
    // What the Tab key comes to next stands behind or below: the start after what is put in for it.
    const boxes = await page
      .getByRole('banner')
      .locator('button, input:not([aria-hidden="true"])')
      .evaluateAll((controls) => controls.map((control) => control.getBoundingClientRect().toJSON() as DOMRect));
    expect(boxes.length).toBeGreaterThanOrEqual(6);
    for (const [index, box] of boxes.entries()) {
      const before = boxes[index - 1];
      const isBelow = !before || box.top >= before.bottom;
      expect(isBelow || box.left >= before.right - 1, `control ${index + 1} of the bar`).toBe(true);
      expect(isBelow || box.bottom > before.top, `control ${index + 1} of the bar`).toBe(true);
    }
  });
}

test('dialogs can be read and answered in a window at 200 % zoom', async ({ page }) => {
  await openScenario(page, tutorialScenario({ baseUrl: 'http://203.0.113.7:8080' }));
  await page.setViewportSize({ width: 640, height: 400 });
  const within = async (name: string) => {
    const dialog = page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }));
    await expect(dialog).toBeVisible();
    const box = await dialog.boundingBox();
    if (!box) throw new Error(`${name} is not there`);
    expect(box.x, name).toBeGreaterThanOrEqual(0);
    expect(box.y, name).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, name).toBeLessThanOrEqual(640);
    expect(box.y + box.height, name).toBeLessThanOrEqual(400);
    return dialog;
  };
  await page.keyboard.press('Control+Shift+Enter');
  const start = await within('Start run with options');
  await start.getByRole('button', { name: 'Advanced' }).click();
  await within('Start run with options');
  await start.getByRole('textbox', { name: 'Seed' }).fill('5');
  await start.getByRole('button', { name: 'Start run', exact: true }).click();
  const question = await within('Are you allowed to load-test 203.0.113.7?');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await start.getByRole('button', { name: 'Cancel' }).click();
  // Shortcuts do nothing while a dialog is there.
  await expect(start).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const palette = await within('Commands');
  await page.keyboard.press('End');
  await expect(palette.getByRole('option').last()).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await page.keyboard.press('Control+/');
  const shortcuts = await within('Keyboard shortcuts');
  await shortcuts.getByText('Show keyboard shortcuts').scrollIntoViewIfNeeded();
  await shortcuts.getByRole('button', { name: 'Close' }).click();
  await expect(shortcuts).toHaveCount(0);
});

test('changes its theme, and follows the system until told', async ({ page }) => {
  const isDark = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect.poll(isDark).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(isDark).toBe('dark');
  await page.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Light' }).click();
  await expect.poll(isDark).toBe('light');
  await page.reload();
  await expect.poll(isDark).toBe('light');
  await page.getByRole('combobox', { name: 'Density of tables' }).click();
  await page.getByRole('option', { name: /^Compact/ }).click();
  await expect(page.getByRole('combobox', { name: 'Density of tables' })).toContainText('Compact');
});

test('moves nothing when motion is to be reduced', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'New scenario' }).click();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .map((element) => getComputedStyle(element))
      .filter(({ transitionDuration, animationName, animationDuration, animationIterationCount }) => {
        const longest = Math.max(...transitionDuration.split(',').map(Number.parseFloat));
        const animated = animationName !== 'none' && Number.parseFloat(animationDuration) > 0.02;
        return longest > 0.02 || (animated && animationIterationCount === 'infinite');
      })
      .map(({ transitionProperty, animationName }) => `${transitionProperty} ${animationName}`),
  );
  expect(moving).toEqual([]);
});

test('can be reached and followed with the Tab key, and shows where the focus is', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Try it with the demo backend' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the view' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Try it with the demo backend' })).toBeFocused();
  const outline = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement ?? document.body);
    return { outlineStyle, outlineWidth, boxShadow };
  });
  expect(outline.outlineStyle !== 'none' || outline.boxShadow !== 'none').toBe(true);
});
