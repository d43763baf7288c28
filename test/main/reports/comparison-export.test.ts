import type { Browser } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparisonCsv } from '../../../src/main/reports/comparison-csv';
import { comparisonHtml } from '../../../src/main/reports/comparison-html';
import { compareRuns, type RunComparison } from '../../../src/shared/stats/comparison';
import type { RunSecond } from '../../../src/shared/stats/frame';
import { stretchReport } from '../../../src/shared/stats/report';
import type { RunData } from '../../../src/shared/stats/run';
import { simulate } from '../../shared/stats/simulated-run';
import { launchChromium } from '../../support/chromium';
import { gatherRun, makeRun } from '../../support/run-data';

type Made = { data: RunData; seconds: readonly RunSecond[] };

/** A run whose backend answers in about `medianMs`. */
function madeRun(id: number, medianMs: number, errorRate = 0): Made {
  const { run, seconds } = simulate(id, {
    seed: `run ${id}`,
    seconds: 160,
    series: [{ medianMs, sigma: 0.3, requestsPerSecond: 30, errorRate }],
    levelDeviation: 0.05,
    phi: 0.2,
  });
  return { data: { ...gatherRun(run, seconds, []), series: [{ method: 'POST', name: '/series/0' }] }, seconds };
}

function compared(a: Made, b: Made): RunComparison {
  const side = ({ data, seconds }: Made) => ({ run: data.run, series: data.series, seconds });
  return compareRuns(side(a), side(b), { resamples: 200 });
}

const fast = madeRun(12, 20);
const slow = madeRun(14, 30);

describe('a comparison as CSV', () => {
  it('has a row for each measure of each series with the very figures of the comparison', () => {
    const comparison = compared(fast, slow);
    const rows = parse(comparisonCsv(comparison), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(comparison.rows.length * 4);
    comparison.rows.forEach((series, index) => {
      series.measures.forEach((measure, place) => {
        const row = rows[index * 4 + place];
        expect(row).toMatchObject({
          'Run A': '12',
          'Run B': '14',
          Method: series.method,
          Name: series.name,
          Verdict: measure.verdict,
        });
        expect(Number(row?.A)).toBeCloseTo(measure.a ?? Number.NaN, 3);
        expect(Number(row?.B)).toBeCloseTo(measure.b ?? Number.NaN, 3);
        expect(Number(row?.Change)).toBeCloseTo(measure.change ?? Number.NaN, 3);
        expect(Number(row?.['Change Low'])).toBeCloseTo(measure.low ?? Number.NaN, 3);
        expect(Number(row?.['Requests A'])).toBe(series.requests.a);
      });
    });
    expect(rows[0]).toMatchObject({ Measure: 'median', Unit: 'ms', 'Change Unit': '%', Verdict: 'regression' });
    expect(rows.at(-1)).toMatchObject({ Name: 'Aggregated', Measure: 'error rate', Unit: '%', 'Change Unit': 'points' });
  });

  it('leaves cells empty where there is not enough data, says why, and writes negative changes as numbers', () => {
    const short = makeRun({ seed: 3, durationSeconds: 20 });
    const rows = parse(comparisonCsv(compared(short, short)), { columns: true }) as Record<string, string>[];
    expect(rows[0]).toMatchObject({ Change: '', 'P Value': '', Verdict: 'not enough data' });
    expect(rows[0]?.Reason).toMatch(/^A has /);
    const faster = parse(comparisonCsv(compared(slow, fast)), { columns: true }) as Record<string, string>[];
    expect(faster[0]?.Change).toMatch(/^-\d/);
  });
});

describe('a comparison as HTML', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(text: string, colorScheme: 'light' | 'dark' = 'light') {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url().startsWith('http')) complaints.push(`asked for ${request.url()}`);
    });
    await page.setContent(text);
    return { page, complaints };
  }

  it('opens with the sentence, shows each verdict with sign and word, and needs nothing else', async () => {
    const comparison = compared(fast, slow);
    const { page, complaints } = await open(comparisonHtml(comparison, { a: fast.data, b: slow.data }));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(comparison.headline);
    const rows = page.getByRole('group', { name: 'Verdicts' }).locator('tbody tr');
    expect(await rows.count()).toBe(8);
    expect(await rows.nth(0).textContent()).toContain('▲ regression');
    expect(await rows.nth(0).textContent()).toMatch(/\+\d+\.\d %/);
    expect(await page.getByText('Nothing: scenario, options, machine and versions are the same.').count()).toBe(1);
    expect(await page.getByText('No request failed in either run.').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lists what differs, what failed differently and the window, and takes hostile text as text', async () => {
    const a = makeRun({ seed: 1, durationSeconds: 150, failureRate: 0.01 });
    const b = makeRun({ seed: 2, durationSeconds: 150, failureRate: 0.2 });
    const scenario = structuredClone(b.data.run.scenario);
    scenario.target.headers = { authorization: 'Bearer very-secret', 'x-note': '<img src=x onerror=alert(1)>' };
    // A part that only one run has is listed as a whole.
    scenario.target.auth = { kind: 'basic', username: 'device', password: 'very-secret' };
    const run = { ...b.data.run, id: 99, name: '<script>alert(1)</script>', scenario };
    const comparison = compared(a, { data: { ...b.data, run }, seconds: b.seconds });
    const window = { from: 30, to: 90 };
    const within = gatherRun(
      run,
      b.seconds.filter(({ second }) => second >= window.from && second < window.to),
      [],
    );
    const stretch = { window, report: stretchReport(within) };
    const text = comparisonHtml(comparison, { a: a.data, b: { ...b.data, run } }, { a: null, b: stretch });
    const { page, complaints } = await open(text, 'dark');
    expect(text).not.toContain('very-secret');
    expect(text).not.toContain('<script>alert');
    const differences = page.getByRole('group', { name: 'Differences' });
    expect(await differences.getByText('target.headers.authorization').count()).toBe(1);
    expect(await differences.getByText('{{secret.CREDENTIAL_NOT_KEPT}}').count()).toBe(2);
    expect(await differences.getByText('<img src=x onerror=alert(1)>').count()).toBe(1);
    expect(await page.getByText('0:30 to 1:30 of the run', { exact: false }).count()).toBe(1);
    expect(await page.getByText('Counts and rates of the windows compared', { exact: false }).count()).toBe(1);
    const failures = page.getByRole('group', { name: 'Failures' }).locator('tbody tr');
    const counts = await failures.locator('td:nth-child(6)').allTextContents();
    const failed = within.totals.select(null).failed;
    expect(failed).toBeGreaterThan(0);
    expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(/\D/g, '')), 0)).toBe(failed);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
