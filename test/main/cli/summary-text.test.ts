import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/main/cli/display-text';
import { plainStyle } from '../../../src/main/cli/style';
import { summaryLines } from '../../../src/main/cli/summary-text';
import { buildReport } from '../../../src/shared/stats/report';
import { gatherRun, makeRun } from '../../support/run-data';

const WIDE = { width: 200, style: plainStyle, results: [] };

function textOf(options: Parameters<typeof makeRun>[0] = {}): string {
  return summaryLines(makeRun(options).data, WIDE).join('\n');
}

describe('the summary of a run', () => {
  it('leads with the steady phase, says so, and shows the whole run after it', () => {
    const { data } = makeRun();
    const report = buildReport(data);
    const text = summaryLines(data, WIDE).join('\n');
    const steadyAt = text.indexOf('Steady phase, 50 s (without 10 s of ramp and 0.4 s of cooldown); times in ms');
    const wholeAt = text.indexOf('Whole run, 1 min; times in ms');
    expect(steadyAt).toBeGreaterThan(0);
    expect(wholeAt).toBeGreaterThan(steadyAt);
    const aggregated = text.split('\n').filter((line) => line.includes('Aggregated'));
    expect(aggregated[0]).toContain(` ${report.steady?.total.requests.toLocaleString('en-US')} `);
    expect(aggregated[1]).toContain(` ${report.total.requests.toLocaleString('en-US')} `);
  });

  it('has percentiles, failures, exceptions, task ratios and the accounting', () => {
    const { data } = makeRun({ failureRate: 0.1 });
    const text = summaryLines(data, WIDE).join('\n');
    expect(text).toContain('Percentiles of the steady phase; the last row counts from the scheduled start');
    expect(text).toMatch(/50 % +66 % +75 % +80 % +90 % +95 % +98 % +99 % +99\.9 % +99\.99 % +100 %/);
    expect(text).toMatch(/\d+ +[\d.]+ % +POST +\/data +HTTP 503 +expected status 2xx or 3xx, got 503/);
    expect(text).toMatch(/IoTNode +send_health +2 +Nothing found at JSON path \$\.token/);
    expect(text).toMatch(/IoTNode +send_data +10 +83\.3 %/);
    const { started, completed, failed, aborted } = buildReport(data).accounting;
    const number = (value: number) => value.toLocaleString('en-US');
    expect(text).toContain(
      `Accounting: ${number(started)} started = ${number(completed)} completed + ${number(failed)} failed + ${number(aborted)} aborted; 0 missed sends, 0 resent.`,
    );
  });

  it('says plainly that the generator was the limit', () => {
    expect(textOf({ invalidSeconds: [20, 21, 22] })).toContain('GENERATOR-LIMITED in 3 seconds of 61');
    expect(textOf()).not.toContain('GENERATOR-LIMITED');
  });

  it('says plainly that a run is degraded, and why', () => {
    const text = textOf({ run: { degraded: true, statusReason: 'shard 1 was lost at 12.0 s (signal SIGKILL)' } });
    expect(text).toContain('finished, degraded after');
    expect(text).toContain('DEGRADED: part of the load was lost. shard 1 was lost at 12.0 s (signal SIGKILL)');
  });

  it.each([
    ['stopped', 'stopped by the user after'],
    ['interrupted', 'interrupted (its process ended) after'],
    ['failed', 'failed after'],
    ['running', 'still running after'],
  ] as const)('puts the status %s into words', (status, words) => {
    expect(textOf({ run: { status } })).toContain(words);
  });

  it('says when there was no steady phase', () => {
    const text = textOf({ durationSeconds: 5, spawnRate: 10, nodes: 100 });
    expect(text).toContain('There was no steady phase');
    expect(text).toContain('Percentiles of the whole run');
  });

  it('says when there is nothing to show', () => {
    const { data } = makeRun();
    const text = summaryLines(gatherRun(data.run, [], []), WIDE).join('\n');
    expect(text).toContain('The run ended before its first second was over');
  });

  it('lists where the results are', () => {
    const { data } = makeRun();
    const results = [
      ['History', 'run 7 in runs.db'],
      ['CSV', '/tmp/a_stats.csv'],
    ] as const;
    const lines = summaryLines(data, { ...WIDE, results });
    expect(lines.slice(-3)).toEqual(['Results', '  History  run 7 in runs.db', '  CSV      /tmp/a_stats.csv']);
  });

  it.each([40, 60, 80, 100])('fits %d columns and says what found no room', (width) => {
    const { data } = makeRun({ failureRate: 0.1, invalidSeconds: [20] });
    const lines = summaryLines(data, { width, style: plainStyle, results: [] });
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    expect(lines.join(' ')).toContain('Columns left out to fit the width:');
  });

  it('lets nothing of a backend reach the terminal as a command', () => {
    const { data } = makeRun({ failureRate: 0.1 });
    for (const failure of data.failures) {
      failure.error = 'Expectation: \u001b[2Jheader';
      for (const sample of failure.samples) sample.detail = 'got \u001b]0;owned\u0007 and\r\nmore';
    }
    for (const exception of data.exceptions) exception.message = '\u001b[31mfake\u001b[0m';
    data.run.name = 'name\u001b[5m';
    const text = summaryLines(data, WIDE).join('\n');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text).toContain('Expectation: header');
    expect(text).toContain('got  and more');
  });
});
