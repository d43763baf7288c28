import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/main/reports/html';
import { exportRun } from '../../../src/main/reports/reports';
import type { RunSecond } from '../../../src/shared/stats/frame';
import type { RunData } from '../../../src/shared/stats/run';
import { launchChromium } from '../../support/chromium';
import { gatherRun, makeRun } from '../../support/run-data';

let browser: Browser;
let folder: string;
/** Stands for every other host; nothing may reach it. */
let outside: Server;
let outsideUrl: string;
let outsideHits = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nodeswarm-html-'));
  browser = await launchChromium();
  outside = createServer((_, response) => {
    outsideHits++;
    response.setHeader('access-control-allow-origin', '*');
    response.end('here');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  outsideUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => outside?.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  page: Page;
  /** Everything the page asked for, itself included. */
  requests: string[];
  /** Console errors, page errors, dialogs. */
  complaints: string[];
}

async function openReport(
  source: { data: RunData; seconds: RunSecond[] },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Opened> {
  const [file] = await exportRun(htmlReport, { ...source, options: {} }, join(folder, 'report.html'));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
  const opened: Opened = { page, requests: [], complaints: [] };
  page.on('request', (request) => opened.requests.push(request.url()));
  page.on('pageerror', (error) => opened.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') opened.complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    opened.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file ?? '').href);
  return opened;
}

const rowsOf = (page: Page, caption: string) => page.getByRole('group', { name: caption, exact: true }).locator('tbody tr');

const shown = (count: number) => count.toLocaleString('en-US');

/** Distinct colours drawn on a canvas: a blank one has one. */
const coloursOn = (page: Page, id: string) =>
  page.locator(`#${id}`).evaluate((element) => {
    const drawn = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d', { willReadFrequently: true });
    copy?.drawImage(drawn, 0, 0);
    const pixels = copy?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
    const colours = new Set<string>();
    for (let i = 0; i < pixels.length; i += 4) colours.add(`${pixels[i]} ${pixels[i + 1]} ${pixels[i + 2]} ${pixels[i + 3]}`);
    return colours.size;
  });

describe('the HTML report in a browser', () => {
  it('shows the figures, steady phase first and whole run beneath, and asks nobody for anything', async () => {
    const run = makeRun({ failureRate: 0.02, extraSeries: 3 });
    const { page, requests, complaints } = await openReport(run);
    const { data } = run;
    const steady = data.totals.select(null, ['steady']);

    expect(await page.title()).toBe('IoT backend, before the release – Nodeswarm report');
    expect(await rowsOf(page, 'Statistics').count()).toBe(data.series.length + 1);
    const total = await rowsOf(page, 'Statistics').last().locator('td').allTextContents();
    expect(total.slice(1, 4)).toEqual(['Aggregated', shown(steady.requests), shown(steady.failed)]);
    expect(total[4]).toBe((steady.latency.percentile(50) / 1000).toFixed(1));
    const whole = await rowsOf(page, 'Statistics of the whole run').last().locator('td').allTextContents();
    expect(whole[2]).toBe(shown(data.totals.select(null).requests));
    expect(await page.getByText('Steady phase only (50 s)').count()).toBe(1);
    expect(await rowsOf(page, 'Percentiles of latency').count()).toBe(data.series.length + 1);
    expect(await rowsOf(page, 'Failures').count()).toBe(data.failures.length);
    expect(data.failures.length).toBeGreaterThan(2);
    expect(await page.locator('.sample').count()).toBe(data.failures.reduce((sum, { samples }) => sum + samples.length, 0));
    expect(await rowsOf(page, 'Exceptions').count()).toBe(data.exceptions.length);
    expect(await rowsOf(page, 'Task ratios').count()).toBe(data.tasks.length);
    expect(await page.getByText('Every request begun is accounted for.').count()).toBe(1);
    expect(await page.locator('.events li').allTextContents()).toEqual([
      '0:10 All 100 nodes are up.',
      '1:00 The planned duration is over.',
    ]);
    // The element's text, not its visible part: it is folded away.
    const scenario = (await page.locator('details pre').last().textContent()) ?? '';
    expect(JSON.parse(scenario)).toEqual(JSON.parse(JSON.stringify(data.run.scenario)));

    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(requests.filter((url) => url.startsWith('file:'))).toHaveLength(1);
    await page.close();
  });

  it('draws its charts, in light, in dark and for paper', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, complaints } = await openReport(makeRun({ invalidSeconds: [30, 31] }), scheme);
      for (const id of ['chart-rate', 'chart-latency', 'chart-nodes']) expect(await coloursOn(page, id)).toBeGreaterThan(20);
      const backgroundOf = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(await backgroundOf()).toBe(scheme === 'light' ? 'rgb(245, 246, 248)' : 'rgb(18, 22, 27)');
      await page.emulateMedia({ media: 'print', colorScheme: scheme });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      expect(await backgroundOf()).toBe('rgb(255, 255, 255)');
      expect(await coloursOn(page, 'chart-rate')).toBeGreaterThan(20);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  it('says plainly when a run is degraded, interrupted or generator-limited', async () => {
    const run = { status: 'interrupted', degraded: true, statusReason: 'Shard 1 was lost at 0:12 (signal SIGKILL).' } as const;
    const { page } = await openReport(makeRun({ run, invalidSeconds: [20, 21, 40] }));
    const notices = await page.locator('.notice').allTextContents();
    expect(notices).toHaveLength(3);
    expect(notices[0]).toMatch(/^Interrupted\./);
    expect(notices[1]).toMatch(/^Degraded\. A shard was lost.*Shard 1 was lost at 0:12 \(signal SIGKILL\)\.$/);
    expect(notices[2]).toMatch(/^Generator-limited\. In 3 of 61 seconds/);
    const invalid = rowsOf(page, 'Invalid seconds');
    expect(await invalid.locator('td:first-child').allTextContents()).toEqual(['0:20 to 0:22', '0:40']);
    expect(await invalid.first().textContent()).toContain('Schedule lag p99 is above 10 ms.');
    expect(
      await invalid
        .locator('td')
        .first()
        .evaluate((cell) => getComputedStyle(cell).color),
    ).toBe('rgb(179, 38, 30)');
    await page.close();
  });

  it('is a page, with words in place of figures, for a run that has none', async () => {
    const { data } = makeRun();
    const { page, complaints } = await openReport({ data: gatherRun(data.run, [], []), seconds: [] });
    expect(await page.locator('.notice').allTextContents()).toEqual([
      'No steady phase. All figures are of the whole run, ramp included.',
    ]);
    expect(await rowsOf(page, 'Statistics').last().locator('td').nth(4).textContent()).toBe('–');
    expect(await page.getByText('No request failed.').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('does not let its policy be got around by a script that is already in', async () => {
    const { page } = await openReport(makeRun({ durationSeconds: 15 }));
    const hitsBefore = outsideHits;
    const outcome = await page.evaluate(async (url) => {
      const fetched = await fetch(url).then(
        () => 'fetched',
        () => 'refused',
      );
      const image = await new Promise<string>((resolve) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = `${url}image.png`;
      });
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return { fetched, image, injected: 'injected' in window };
    }, outsideUrl);
    expect(outcome).toEqual({ fetched: 'refused', image: 'refused', injected: false });
    expect(outsideHits).toBe(hitsBefore);
    await page.close();
  });
});

describe('the HTML report of a hostile run', () => {
  it('shows everything as text: no script runs, no request leaves, nothing complains', async () => {
    const attack = [
      `</script><script>window.pwned=1;fetch("${outsideUrl}")</script>`,
      `<img src="${outsideUrl}x.png" onerror="window.pwned=1">`,
      `"onmouseover="window.pwned=1" style="background:url(${outsideUrl})`,
      `<meta http-equiv="refresh" content="0;url=${outsideUrl}">`,
      `<!--<script>`,
      `]]>\u2028window.pwned=1\u2029`,
      `\u202egnp.exe\u0000\u001b[31m\ud800`,
      `<svg/onload=window.pwned=1><iframe srcdoc="<script>parent.pwned=1</script>">`,
      `\${window.pwned=1}{{constructor.constructor('window.pwned=1')()}}`,
    ].join(' ');
    const { page, requests, complaints } = await openReport(hostileRun(attack));
    const hitsBefore = outsideHits;

    await page.locator('details').evaluateAll((all) => {
      for (const details of all as HTMLDetailsElement[]) details.open = true;
    });
    await page.mouse.move(640, 400);
    await page.waitForTimeout(200);

    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(
      await page
        .locator('main script, main img, main iframe, main svg, main meta, main [style]:not(canvas), main [onmouseover]')
        .count(),
    ).toBe(0);
    expect(await page.locator('script').count()).toBe(3);
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(requests.filter((url) => url.startsWith('file:'))).toHaveLength(1);
    expect(outsideHits).toBe(hitsBefore);
    expect(complaints).toEqual([]);
    // Chart data is not where the attack could have hidden, and the charts are there.
    expect(await coloursOn(page, 'chart-rate')).toBeGreaterThan(20);
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('</script><script>window.pwned=1;');
    expect(text).toContain('⟨U+202E⟩gnp.exe⟨U+0000⟩⟨U+001B⟩[31m⟨U+D800⟩');
    for (const character of '\u202e\u2028\u0000\u001b\ufffd') expect(text).not.toContain(character);
    // Long text is broken, not the page.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await page.close();
  });

  it('hides credentials that were written out, and only those', async () => {
    const run = makeRun({ durationSeconds: 15 });
    const { target } = run.data.run.scenario;
    // As a run of an earlier version is kept; a password may hold an @, and a reference beside it hides nothing.
    target.baseUrl = 'http://user:hunter2@127.0.0.1:8090';
    target.proxy = 'http://user:p@hunter5@proxy:3128';
    target.auth = { kind: 'basic', username: 'device', password: 'hunter3{{secret.SALT}}' };
    target.headers = {
      Authorization: 'Bearer hunter4',
      Cookie: 'a=hunter6; b={{secret.COOKIE}}',
      'X-API-Key': 'hunter7',
      'x-token': '{{secret.API_TOKEN}}',
    };
    const { page } = await openReport(run);
    const content = await page.content();
    expect(content).not.toMatch(/hunter[2-7]/);
    expect(content).toContain('{{secret.API_TOKEN}}');
    await page.close();
  });
});

/** A run in which every text that could come from a scenario or a backend is the attack. */
function hostileRun(attack: string): { data: RunData; seconds: RunSecond[] } {
  const { data, seconds } = makeRun({ failureRate: 0.05, invalidSeconds: [12] });
  const { run } = data;
  Object.assign(run, { name: attack, note: attack, status: 'failed', statusReason: attack, scenarioHash: attack });
  Object.assign(run.options, { host: attack });
  Object.assign(run.machine, { hostname: attack, cpu: attack });
  run.versions.nodeswarm = attack;
  const { scenario } = run;
  Object.assign(scenario, { name: attack, description: attack });
  scenario.target.headers = { [attack]: attack };
  for (const nodeType of scenario.nodeTypes) {
    nodeType.name = attack;
    for (const task of nodeType.tasks) task.name = attack;
  }
  data.series = data.series.map(() => ({ method: attack, name: attack }));
  data.tasks = data.tasks.map(({ weight }) => ({ nodeType: attack, task: attack, weight }));
  data.events = data.events.map((event) => ({ ...event, text: attack }));
  data.exceptions = data.exceptions.map((group) => ({ ...group, message: attack, nodeType: attack, task: attack }));
  data.failures = data.failures.map((group) => ({
    ...group,
    error: attack,
    samples: group.samples.map((sample) => ({
      ...sample,
      nodeType: attack,
      task: attack,
      requestHead: attack,
      requestBody: attack,
      responseHead: attack,
      responseBody: attack.repeat(20),
      detail: attack,
    })),
  }));
  for (const { health } of seconds) if (!health.valid) health.reasons = [attack];
  return { data, seconds };
}
