import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { dragLine } from './editor-page';
import { expect, test } from './fixtures';
import { expectNoProblems } from './scenarios';

const tutorialFile = join(import.meta.dirname, '../../resources/scenarios/iot-backend.nodeswarm.json');

const tutorial = () => {
  const { $schema, description, ...rest } = JSON.parse(readFileSync(tutorialFile, 'utf8'));
  return rest;
};

const DATA = '{"temperature": {{randomInteger(1, 100)}}, "humidity": {{randomNumber(0, 100)}}}';
const HEALTH =
  '{"vbat": {{randomNumber(0, 5)}}, "available_memory": {{randomInteger(1, 1024)}}, "n_failed_req": {{randomInteger(1, 10)}}}';

const line = (page: Page, name: RegExp) => page.getByRole('treeitem', { name });
const details = (page: Page) => page.getByRole('region', { name: 'Details' });
const field = (page: Page, name: string) => details(page).getByRole('textbox', { name, exact: true });
const source = (page: Page) => page.getByRole('textbox', { name: 'Source of the scenario' });

async function pick(page: Page, name: string, option: RegExp): Promise<void> {
  await details(page).getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

async function addAt(page: Page, at: RegExp, what: string): Promise<void> {
  await line(page, at).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: what, exact: true }).click();
}

/** The document as the source tab shows it; the window must be high enough for all of its lines. */
async function documentIn(page: Page): Promise<Record<string, unknown>> {
  await page.getByRole('tab', { name: 'Source' }).click();
  const text = (await source(page).textContent()) ?? '';
  await page.getByRole('tab', { name: 'Form' }).click();
  return JSON.parse(text);
}

/** What the tutorial says, without what is written although it is the default. */
function withoutDefaults(document: ReturnType<typeof tutorial>): unknown {
  return JSON.parse(JSON.stringify(document), (_, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const { refresh, weight, method, ...rest } = value;
    return {
      ...rest,
      ...(refresh && refresh !== 'node' ? { refresh } : {}),
      ...(weight && weight !== 1 ? { weight } : {}),
      ...(method && method !== 'GET' ? { method } : {}),
    };
  });
}

async function openTutorial(page: Page): Promise<void> {
  await page.getByRole('button', { name: /IoT backend/ }).click();
  await expect(line(page, /^Target/)).toBeVisible();
}

test.describe('building the tutorial scenario from an empty form', () => {
  test.use({ viewport: { width: 1280, height: 2400 } });

  test('with the mouse', async ({ page }) => {
    await page.getByRole('button', { name: 'New scenario' }).first().click();
    await line(page, /^New scenario/).click();
    await field(page, 'Name').fill('IoT backend');
    await line(page, /^Target/).click();
    await field(page, 'Base URL').fill('http://127.0.0.1:8090');
    await line(page, /^Load/).click();
    await field(page, 'Nodes').fill('100');
    await field(page, 'Spawn rate').fill('5');
    await line(page, /^Node,/).click();
    await field(page, 'Name').fill('IoTNode');
    await pick(page, 'Wait', /Pacing/);
    await field(page, 'A task every').fill('5');

    await addAt(page, /^IoTNode/, 'Add variable');
    await field(page, 'Name').fill('iot_id');
    await field(page, 'Max').fill('500');
    await addAt(page, /^On start/, 'Add request');
    await field(page, 'Path').fill('/greet/{{iot_id}}');
    await field(page, 'Name in the statistics').fill('/greet');

    await addAt(page, /^IoTNode/, 'Add task');
    await field(page, 'Name').fill('send_data');
    await field(page, 'Weight').fill('10');
    await details(page).getByRole('button', { name: /GET/ }).click();
    await pick(page, 'Method', /POST/);
    await field(page, 'Path').fill('/data');
    await pick(page, 'Kind of body', /^JSON/);
    await field(page, 'JSON').fill(DATA);

    // The next ones from copies.
    await line(page, /^send_data/).click();
    await page.getByRole('button', { name: 'Actions of send_data' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await field(page, 'Name').fill('send_health');
    await field(page, 'Weight').fill('1');
    await details(page).getByRole('button', { name: /POST/ }).click();
    await field(page, 'Path').fill('/health');
    await field(page, 'JSON').fill(HEALTH);

    await addAt(page, /^send_health/, 'Add task');
    await field(page, 'Name').fill('check_for_ota');
    await details(page).getByRole('button', { name: /GET/ }).click();
    await field(page, 'Path').fill('/ota/{{iot_id}}');
    await field(page, 'Name in the statistics').fill('/ota');

    await expect(line(page, /^send_data, 83.3 %/)).toBeVisible();
    await expectNoProblems(page);
    expect(await documentIn(page)).toEqual(withoutDefaults(tutorial()));
  });

  test('with the keyboard alone', async ({ page }) => {
    const keys = async (...presses: string[]) => {
      for (const press of presses) await page.keyboard.press(press);
    };
    const type = (text: string) => page.keyboard.type(text);
    const replace = async (text: string) => {
      await keys('Control+A');
      await type(text);
    };
    /** Presses a key until something has the focus; it must be reached within as many presses as a form has stops. */
    const pressTo = async (key: string, wanted: Locator) => {
      const reached = () => wanted.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
      for (let presses = 0; !(await reached()); presses++) {
        if (presses === 60) throw new Error(`${wanted} is not reached with ${key}`);
        await keys(key);
      }
    };
    const toTree = () => pressTo('Shift+Tab', page.getByRole('treeitem'));
    const tabTo = (wanted: Locator) => pressTo('Tab', wanted);
    const isIn = (list: Locator) => list.evaluate((element) => element.contains(document.activeElement));
    /** Whether an entry comes after the marked one of its list. */
    const isBelow = (entry: Locator) =>
      entry.evaluate((element) => {
        const marked = element.closest('[role="menu"], [role="listbox"]')?.querySelector('[data-highlighted]');
        return !marked || Boolean(marked.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
    /** Picks from the list that is open, a key at a time: the next one is pressed when the list has followed. */
    const pickFrom = async (role: 'menu' | 'listbox', wanted: Locator) => {
      // Keys that come before the list has the focus would be for what is behind it.
      await expect.poll(() => isIn(page.getByRole(role))).toBe(true);
      const marked = page.getByRole(role).locator('[data-highlighted]');
      for (let presses = 0; (await wanted.getAttribute('data-highlighted')) === null; presses++) {
        if (presses === 30) throw new Error(`${wanted} is not reached with the arrow keys`);
        const before = await marked.allTextContents();
        await keys((await isBelow(wanted)) ? 'ArrowDown' : 'ArrowUp');
        await expect.poll(() => marked.allTextContents()).not.toEqual(before);
      }
      await expect(wanted).toBeFocused();
      await keys('Enter');
      await expect(page.getByRole(role)).toHaveCount(0);
    };
    /** The menu of the chosen line. */
    const addHere = async (what: string) => {
      await toTree();
      await keys('Shift+F10');
      await pickFrom('menu', page.getByRole('menuitem', { name: what, exact: true }));
    };
    /** Opens the select that has the focus, and picks. */
    const pickHere = async (option: RegExp) => {
      await keys('Enter');
      await pickFrom('listbox', page.getByRole('option', { name: option }));
    };
    const focused = () => page.locator(':focus');

    await page.getByRole('button', { name: 'New scenario' }).first().focus();
    await keys('Enter');
    await expect(line(page, /^Target/)).toBeVisible();
    await line(page, /^Target/).focus();
    await keys('Enter');
    await expect(field(page, 'Base URL')).toBeFocused();
    await type('http://127.0.0.1:8090');
    await toTree();
    await keys('Home', 'F2');
    await replace('IoT backend');
    await keys('Enter');
    await expect(line(page, /^IoT backend/)).toBeFocused();
    // One letter: a second one may come so late that it begins a new word.
    await type('l');
    await expect(line(page, /^Load/)).toBeFocused();
    await keys('Enter');
    // The form of the load begins with how it is given. The focus goes there first; it would take away that of a field reached before.
    await expect(details(page).locator(':focus')).toHaveCount(1);
    await tabTo(field(page, 'Nodes'));
    await replace('100');
    await keys('Tab');
    await replace('5');
    await toTree();
    await keys('ArrowDown', 'F2');
    await replace('IoTNode');
    await keys('Enter', 'Enter');
    await expect(field(page, 'Name')).toBeFocused();
    await tabTo(details(page).getByRole('combobox', { name: 'Wait' }));
    await pickHere(/Pacing/);
    await keys('Tab');
    await expect(field(page, 'A task every')).toBeFocused();
    await replace('5');

    await addHere('Add variable');
    await expect(field(page, 'Name')).toBeFocused();
    await replace('iot_id');
    await tabTo(field(page, 'Max'));
    await replace('500');
    await toTree();
    await type('o');
    await expect(line(page, /^On start/)).toBeFocused();
    await addHere('Add request');
    await expect(field(page, 'Path')).toBeFocused();
    await replace('/greet/{{iot');
    await expect(page.getByRole('option', { name: /iot_id/ })).toBeVisible();
    // A list that has only just appeared does not take Enter: it could be meant for something else.
    await page.waitForTimeout(200);
    await keys('Enter');
    await expect(field(page, 'Path')).toHaveText('/greet/{{iot_id}}');
    await keys('Tab');
    await expect(field(page, 'Name in the statistics')).toBeFocused();
    await type('/greet');

    const addTask = async (name: string, weight: string) => {
      await addHere('Add task');
      await expect(field(page, 'Name')).toBeFocused();
      await replace(name);
      await keys('Tab');
      await replace(weight);
      await toTree();
      await keys('ArrowDown', 'Enter');
      await expect(focused()).toHaveAttribute('role', 'combobox');
    };
    const body = async (text: string) => {
      await tabTo(details(page).getByRole('combobox', { name: 'Kind of body' }));
      await pickHere(/^JSON/);
      await tabTo(field(page, 'JSON'));
      await keys('Control+A', 'Delete');
      await page.keyboard.insertText(text);
      // Tab indents here; after Escape it leaves.
      await keys('Escape', 'Tab');
      await expect(field(page, 'JSON')).not.toBeFocused();
    };
    const post = async (path: string, text: string) => {
      await pickHere(/^POST/);
      await keys('Tab');
      await replace(path);
      await keys('Tab');
      await body(text);
    };
    await addTask('send_data', '10');
    await post('/data', DATA);
    await addTask('send_health', '1');
    await post('/health', HEALTH);
    await addTask('check_for_ota', '1');
    await keys('Tab');
    await replace('/ota/{{iot_id}}');
    await keys('Escape', 'Tab');
    await type('/ota');
    expect(await documentIn(page)).toEqual(withoutDefaults(tutorial()));
  });
});

test.describe('the outline', () => {
  test('renames, copies, moves and deletes by keyboard, and undo takes each step back', async ({ page }) => {
    await openTutorial(page);
    const tasks = () =>
      page
        .getByRole('treeitem')
        .evaluateAll((lines) =>
          lines.filter((one) => one.ariaLevel === '2').map((one) => one.getAttribute('aria-label')?.split(',')[0]),
        );
    await line(page, /^iot_id/).click();
    await page.keyboard.press('F2');
    await page.keyboard.type('device');
    await page.keyboard.press('Enter');
    await line(page, /^GET \/greet/).click();
    await expect(field(page, 'Path')).toHaveText('/greet/{{device}}');

    await line(page, /^IoTNode/).click();
    await page.keyboard.type('send_h');
    await expect(line(page, /^send_health/)).toBeFocused();
    await page.keyboard.press('Control+d');
    await expect(line(page, /^send_health 2/)).toBeFocused();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await expect(line(page, /^send_health 2/)).toBeFocused();
    expect(await tasks()).toEqual([
      'Variables',
      'On start',
      'send_health 2',
      'send_data',
      'send_health',
      'check_for_ota',
      'On stop',
    ]);
    await page.keyboard.press('Delete');
    await expect(line(page, /^send_data/)).toBeFocused();
    expect(await tasks()).toEqual(['Variables', 'On start', 'send_data', 'send_health', 'check_for_ota', 'On stop']);

    await page.keyboard.press('Control+z');
    expect(await tasks()).toContain('send_health 2');
    await expect(line(page, /^send_health 2/)).toBeFocused();
    for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
    expect(await tasks()).toEqual(['Variables', 'On start', 'send_data', 'send_health', 'check_for_ota', 'On stop']);
    await expect(line(page, /^iot_id/)).toBeVisible();
    await page.keyboard.press('Control+Shift+z');
    await expect(line(page, /^device/)).toBeVisible();
  });

  test('opens and closes with the arrow keys', async ({ page }) => {
    await openTutorial(page);
    await line(page, /^IoTNode/).click();
    await page.keyboard.press('ArrowLeft');
    await expect(line(page, /^IoTNode/)).toHaveAttribute('aria-expanded', 'false');
    await expect(line(page, /^send_data/)).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(line(page, /^Variables/)).toBeFocused();
    await page.keyboard.press('End');
    await expect(line(page, /^On stop/)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(line(page, /^IoTNode/)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(line(page, /^IoT backend/)).toBeFocused();
  });

  test('lets lines be dragged: among their like, into other lists, and nowhere else', async ({ page }) => {
    await openTutorial(page);
    const labels = () => page.getByRole('treeitem').evaluateAll((lines) => lines.map((one) => one.getAttribute('aria-label')));
    const before = await labels();
    await dragLine(page, line(page, /^check_for_ota/), line(page, /^send_data/), 0.2);
    await expect
      .poll(labels)
      .toEqual([...before.slice(0, 8), ...before.slice(12, 14), ...before.slice(8, 12), ...before.slice(14)]);
    await dragLine(page, line(page, /^POST \/data/), line(page, /^On stop/), 0.5);
    await expect(line(page, /^On stop, 1/)).toBeVisible();
    const after = await labels();
    await dragLine(page, line(page, /^send_health/), line(page, /^Target/), 0.5);
    await dragLine(page, line(page, /^iot_id/), line(page, /^send_health/), 0.5);
    expect(await labels()).toEqual(after);
  });
});

/** Tab closes the list of suggestions. */
async function nameHeader(page: Page, number: number, name: string): Promise<void> {
  const input = details(page).getByRole('combobox', { name: `Name of header ${number}` });
  await input.fill(name);
  await input.press('Tab');
}

test.describe('problems', () => {
  test.use({ viewport: { width: 1280, height: 2400 } });

  test('are shown beside the field and at the line, and lead to a field in a folded section', async ({ page }) => {
    await openTutorial(page);
    await details(page).getByRole('button', { name: 'Advanced' }).click();
    await field(page, 'Proxy').fill('somewhere');
    await expect(details(page).getByText(/^This is not an http or https URL/)).toBeVisible();
    await details(page).getByRole('button', { name: 'Advanced' }).click();
    await line(page, /^Load/).click();
    await expect(line(page, /^Target.*1 error/)).toBeVisible();

    await page.getByRole('button', { name: '1 problem', exact: true }).click();
    await page.getByRole('button', { name: /target, proxy/ }).click();
    await expect(field(page, 'Proxy')).toBeFocused();
    await expect(field(page, 'Proxy')).toHaveValue('somewhere');
    await field(page, 'Proxy').fill('');
    await expect(page.getByRole('button', { name: '1 problem' })).toHaveCount(0);
  });

  test('never cost what was typed: a header twice, a value half written', async ({ page }) => {
    await openTutorial(page);
    const add = details(page).getByRole('button', { name: 'Add header' });
    await add.click();
    await nameHeader(page, 1, 'X-Site');
    await field(page, 'Value of header 1').fill('north');
    await add.click();
    await nameHeader(page, 2, 'X-Site');
    await field(page, 'Value of header 2').fill('south');
    await expect(details(page).getByText(/There already is a header “X-Site”/)).toBeVisible();
    await line(page, /^Load/).click();
    await line(page, /^Target/).click();
    await expect(field(page, 'Value of header 2')).toHaveText('south');
    await nameHeader(page, 2, 'X-Region');
    await expect(details(page).getByText(/There already is a header/)).toHaveCount(0);
    const { target } = await documentIn(page);
    expect(target).toMatchObject({ headers: { 'X-Site': 'north', 'X-Region': 'south' } });
  });
});

test.describe('the source', () => {
  test('goes with the form both ways, and keeps the last valid form while it is broken', async ({ page }) => {
    await openTutorial(page);
    await page.getByRole('tab', { name: 'Source' }).click();
    await source(page).click();
    await page.keyboard.press('Control+A');
    const text = JSON.stringify({ ...tutorial(), name: 'From the source' }, null, 2);
    await page.keyboard.insertText(text);
    await page.getByRole('tab', { name: 'Form' }).click();
    await expect(line(page, /^From the source/)).toBeVisible();

    await page.getByRole('tab', { name: 'Source' }).click();
    await source(page).click();
    await page.keyboard.press('Control+Home');
    // What follows at once would be the same step of undo.
    await page.waitForTimeout(1100);
    await page.keyboard.insertText('{ oops');
    await expect(page.getByRole('status').filter({ hasText: 'line 1, column 3' })).toBeVisible();
    await page.getByRole('tab', { name: 'Form' }).click();
    await expect(page.getByText(/the form shows its last valid state/)).toBeVisible();
    await expect(page.getByText('From the source').first()).toBeVisible();
    await page.getByRole('button', { name: 'Go to source' }).click();
    await expect(source(page)).toContainText('{ oops');
    await page.keyboard.press('Control+z');
    await page.getByRole('tab', { name: 'Form' }).click();
    await expect(page.getByText(/the form shows its last valid state/)).toHaveCount(0);
    await line(page, /^From the source/).click();
    await field(page, 'Name').fill('From the form');
    await page.getByRole('tab', { name: 'Source' }).click();
    await expect(source(page)).toContainText('"name": "From the form"');
  });
});

test.describe('trying it out', () => {
  test('shows what the next nodes would send, and sends once with timing, extraction and expectations', async ({
    page,
    demo,
  }) => {
    const { url } = await demo();
    await openTutorial(page);
    await field(page, 'Base URL').fill(url);
    await line(page, /^POST \/data/).click();
    const preview = page.getByRole('region', { name: 'Preview' });
    await expect(preview.getByRole('article')).toHaveCount(3);
    await expect(preview.getByRole('article', { name: 'Node 0' })).toContainText('"temperature"');
    await preview.getByRole('button', { name: 'Next nodes' }).click();
    await expect(preview.getByRole('article', { name: 'Node 5' })).toContainText('"humidity"');

    await details(page).getByRole('button', { name: 'Add extraction' }).click();
    await field(page, 'Variable of extraction 1').fill('state');
    await pick(page, 'Source of extraction 1', /^Header/);
    await expect(field(page, 'Header of extraction 1')).toHaveValue('Location');
    await pick(page, 'Source of extraction 1', /^JSON path/);
    await expect(field(page, 'JSON path of extraction 1')).toHaveValue('$.token');
    await field(page, 'JSON path of extraction 1').fill('$.status');
    await details(page).getByRole('button', { name: 'Add JSON expectation' }).click();
    await field(page, 'JSON path 1').fill('$.status');
    await field(page, 'Value at JSON path 1').fill('nothing like it');
    await preview.getByRole('button', { name: 'Send once' }).click();
    const result = preview.getByRole('region', { name: 'Sent once' });
    await expect(result.getByText('200 OK')).toBeVisible();
    await expect(result.getByText('First byte')).toBeVisible();
    const expectations = result.getByRole('list', { name: 'Expectations' });
    await expect(expectations.getByRole('listitem').filter({ hasText: 'status 2xx or 3xx' })).toContainText('Met');
    await expect(expectations.getByRole('listitem').filter({ hasText: '$.status' })).toContainText('Not met');
    await field(page, 'Value at JSON path 1').fill('ok');
    await preview.getByRole('button', { name: 'Send once' }).click();
    await expect(result.getByText('Not met')).toHaveCount(0);
    await expect(result.getByText('state', { exact: true })).toBeVisible();
  });

  test('says what to do when the backend is not there', async ({ page }) => {
    await openTutorial(page);
    await field(page, 'Base URL').fill('http://127.0.0.1:1');
    await line(page, /^GET \/ota/).click();
    await page.getByRole('button', { name: 'Send once' }).click();
    await expect(page.getByText(/Start the backend, or correct the base URL/)).toBeVisible();
  });

  test('shows the values of a variable as nodes would have them, and a line of a signal', async ({ page }) => {
    await openTutorial(page);
    await line(page, /^iot_id/).click();
    await expect(page.getByRole('list', { name: 'Values of nodes 0 to 7' }).getByRole('listitem')).toHaveCount(8);
    const first = page.getByRole('listitem').first();
    const kept = await first.textContent();
    await pick(page, 'A new value is drawn', /^At each task/);
    await expect(page.getByRole('list', { name: 'Values of node 0' }).getByRole('listitem')).toHaveCount(8);
    await expect(first).toHaveText(kept ?? '');
    await pick(page, 'Generator', /^Sine/);
    await expect(details(page).getByRole('img', { name: /Values over/ })).toBeVisible();
    await field(page, 'Amplitude').fill('3');
    await expect(details(page).getByText(/^1[67][\d.]* to 2[23][\d.]*$/)).toBeVisible();
  });
});

test('no view of the editor breaks a rule of accessibility', async ({ page }) => {
  // Each check looks at every element.
  test.setTimeout(240_000);
  await openTutorial(page);
  for (const name of [/^Target/, /^Load/, /^IoTNode/, /^iot_id/, /^POST \/data/]) {
    await line(page, name).click();
    await expectAccessible(page, name.source);
  }
  await page.getByRole('tab', { name: 'Source' }).click();
  await expectAccessible(page, 'the source');
});
