import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { expectNoProblems } from './scenarios';

test('builds the tutorial from an empty form and runs it', async ({ page, demo }) => {
  const backend = await demo();
  const editor = new EditorPage(page);
  await page.getByRole('button', { name: 'New scenario' }).click();
  await expect(page.getByRole('button', { name: '2 things missing' })).toBeVisible();

  const bar = page.getByRole('banner');
  await bar.getByRole('textbox', { name: 'Nodes' }).fill('10');
  await bar.getByRole('textbox', { name: 'Spawn rate' }).fill('5');
  await bar.getByRole('textbox', { name: 'Host' }).fill(backend.url);
  await editor.choose(/^New scenario/);
  await editor.field('Name').fill('IoT backend');
  await editor.choose(/^Load/);
  await editor.field('Duration').fill('4');

  await editor.choose(/^Node,/);
  await editor.field('Name').fill('IoTNode');
  await editor.pick('Wait', 'Pacing');
  await editor.field('A task every').fill('0.5');

  await editor.add('variable', /^Variables/);
  await editor.field('Name').fill('iot_id');
  await editor.field('Max').fill('500');
  await expect(editor.details.getByRole('list', { name: 'Values of nodes 0 to 7' }).getByRole('listitem')).toHaveCount(8);

  await editor.add('request', /^On start/);
  await editor.write('Path', '/greet/{{iot_id}}');
  await editor.field('Name in the statistics').fill('/greet');
  await expect(editor.preview.getByRole('article', { name: 'Node 0' })).toContainText(/GET \/greet\/\d+/);

  // A new task has a request already.
  await editor.add('task', /^IoTNode/);
  await editor.field('Name').fill('send_data');
  await editor.field('Weight').fill('10');
  await editor.details.getByRole('button', { name: /GET \// }).click();
  await editor.pick('Method', 'POST');
  await editor.write('Path', '/data');
  await editor.pick('Kind of body', 'JSON');
  await editor.write('JSON', '{"temperature": {{randomInteger(1, 100)}}, "humidity": {{randomNumber(0, 100)}}}');
  await expect(editor.preview.getByRole('article', { name: 'Node 1' })).toContainText(/"temperature": \d+/);

  // The next task with the keyboard only: out of the request to its task, a copy of that, another name, weight, path and body.
  await editor.line(/^POST \/data/).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+d');
  await expect(editor.line(/^send_data/)).toHaveCount(2);
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('send_health');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(editor.field('Name')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(editor.field('Weight')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(editor.details.getByRole('heading', { name: 'Request' })).toBeVisible();
  await editor.field('Path').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('/health');
  await editor.field('JSON').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(
    '{"vbat": {{randomNumber(0, 5)}}, "available_memory": {{randomInteger(1, 1024)}}, "n_failed_req": 1}',
  );

  await editor.add('task', /^IoTNode/);
  await editor.field('Name').fill('check_for_ota');
  await editor.details.getByRole('button', { name: /GET \// }).click();
  await editor.write('Path', '/ota/{{iot_id}}');
  await editor.field('Name in the statistics').fill('/ota');

  await expect(editor.line(/^send_data, 83.3 %/)).toBeVisible();
  await expect(editor.line(/^send_health, 8.33 %/)).toBeVisible();
  await expect(editor.line(/^check_for_ota, 8.33 %/)).toBeVisible();
  await expectNoProblems(page);

  await page.getByRole('button', { name: 'Start run', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'IoT backend' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Current run' })).toContainText('10/10 nodes');
  await expect(page.getByRole('main')).toContainText('Finished', { timeout: 20_000 });

  const statistics = page.getByRole('table', { name: 'Statistics by request' });

  await expect(statistics.getByRole('row', { name: /GET \/greet/ })).toContainText('10');
  await expect(statistics.getByRole('row', { name: /POST \/data/ })).toContainText(
    String(backend.stats.routes['POST /data']?.requests),
  );
});
