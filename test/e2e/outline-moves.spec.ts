import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { dragLine, EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';

/** Two of everything that has an order. */
function scenario() {
  const document = tutorialScenario({ baseUrl: 'http://127.0.0.1:8090' });
  const [sensor] = document.nodeTypes;
  if (!sensor) throw new Error('the tutorial has a node type');
  sensor.variables?.push({ name: 'serial', generator: { kind: 'counter' } });
  sensor.tasks?.[0]?.steps?.push({ pause: { seconds: 1 } });
  return { ...document, nodeTypes: [sensor, { ...structuredClone(sensor), name: 'Gateway' }] };
}

test.use({ viewport: { width: 1280, height: 1400 } });

/** The lines of the first node type, and the node types. */
async function order(page: Page) {
  const labels = await page
    .getByRole('treeitem')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.split(',')[0] ?? '');
}

async function expectOrder(page: Page, ...labels: string[]): Promise<void> {
  await expect.poll(async () => (await order(page)).filter((label) => labels.includes(label))).toEqual(labels);
}

test('node types, variables and steps change places with the mouse', async ({ page }) => {
  await openScenario(page, scenario());
  const editor = new EditorPage(page);
  const line = (name: RegExp) => editor.line(name).first();
  await dragLine(page, line(/^serial/), line(/^iot_id/), 0.2);
  await expect.poll(async () => (await order(page)).slice(3, 7)).toEqual(['IoTNode', 'Variables', 'serial', 'iot_id']);
  await dragLine(page, line(/^Pause/), line(/^POST \/data/), 0.2);
  await expect.poll(async () => (await order(page)).indexOf('Pause 1 s') - (await order(page)).indexOf('send_data')).toBe(1);
  // A node type goes with all that it has.
  await line(/^IoTNode/).focus();
  await page.keyboard.press('ArrowLeft');
  await dragLine(page, line(/^Gateway/), line(/^IoTNode/), 0.2);
  await expectOrder(page, 'Gateway', 'IoTNode');
  await page.keyboard.press('Control+z');
  await expectOrder(page, 'IoTNode', 'Gateway');
});

test('node types, variables and steps change places with the keyboard, and the focus goes with them', async ({ page }) => {
  await openScenario(page, scenario());
  const editor = new EditorPage(page);
  for (const [name, neighbour] of [
    [/^serial/, 'iot_id'],
    [/^Pause/, 'POST /data'],
  ] as const) {
    const moved = editor.line(name).first();
    await moved.click();
    const distance = async () => {
      const labels = await order(page);
      return labels.findIndex((label) => name.test(label)) - labels.indexOf(neighbour);
    };
    expect(await distance()).toBe(1);
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(distance).toBe(-1);
    await expect(moved).toBeFocused();
    // There is nothing above it.
    await page.keyboard.press('Alt+ArrowUp');
    expect(await distance()).toBe(-1);
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(distance).toBe(1);
  }
  await editor.line(/^Gateway/).click();
  await page.keyboard.press('Alt+ArrowUp');
  await expectOrder(page, 'Gateway', 'IoTNode');
  await expect(editor.line(/^Gateway/)).toBeFocused();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(saved.nodeTypes.map(({ name }: { name: string }) => name)).toEqual(['Gateway', 'IoTNode']);
});
