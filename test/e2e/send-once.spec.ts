import { setTimeout as sleep } from 'node:timers/promises';
import { createCertificate } from '../support/certificates';
import { RawServer } from '../support/raw-server';
import { EditorPage } from './editor-page';
import { expect, test } from './fixtures';
import { openScenario, tutorialScenario } from './scenarios';

test('sending once takes the time apart: connect, TLS, first byte, body, and together they are the whole', async ({ page }) => {
  const authority = await createCertificate({ name: 'test authority', isAuthority: true });
  const pair = await createCertificate({ name: 'localhost', issuer: authority });
  const server = await RawServer.listen(
    async (_request, socket) => {
      await sleep(60);
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n');
      await sleep(80);
      socket.write('{"status":"ok"}');
    },
    { tls: { cert: pair.cert, key: pair.key } },
  );
  const scenario = tutorialScenario({ baseUrl: `https://localhost:${server.port}` });
  const [nodeType] = scenario.nodeTypes;
  if (nodeType) nodeType.onStart = [];
  // The authority is one that nobody knows: first it is refused, and then taken on purpose.
  await openScenario(page, scenario);
  const editor = new EditorPage(page);
  await editor.choose(/^POST \/data/);
  await page.getByRole('button', { name: 'Send once' }).click();
  const result = page.getByRole('region', { name: 'Sent once' });
  await expect(result.getByRole('alert')).toContainText(/certificate/i);
  await expect(result.getByRole('alert')).toContainText('set the TLS part of the target');

  await editor.choose(/^Target/);
  await editor.details.getByRole('button', { name: /^TLS/ }).click();
  await editor.details.getByRole('switch', { name: /^Accept any certificate/ }).click();
  await editor.choose(/^POST \/data/);
  await page.getByRole('button', { name: 'Send once' }).click();
  await expect(result.getByText('200 OK')).toBeVisible();
  await expect(result).toContainText('"status": "ok"');
  const timing = result.getByLabel('Timing', { exact: true });
  await expect(timing.getByRole('term')).toHaveText(['Connect', 'TLS', 'First byte', 'Body']);
  const parts = (await timing.getByRole('definition').allTextContents()).map(Number.parseFloat);
  const [, , firstByte = 0, body = 0] = parts;
  // What the server waited for; a timer may fire a moment early.
  expect(firstByte).toBeGreaterThan(50);
  expect(body).toBeGreaterThan(50);
  const whole = Number.parseFloat(/([\d.,]+) ms ·/.exec((await result.textContent()) ?? '')?.[1] ?? '');
  // Each is written with three digits.
  expect(Math.abs(parts.reduce((sum, ms) => sum + ms, 0) - whole)).toBeLessThan(3);
  await server.close();
});
