import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { displayWidth } from '../../../src/main/cli/display-text';
import { LiveView, statusLines, tableLines } from '../../../src/main/cli/live-view';
import { PlainView } from '../../../src/main/cli/plain-view';
import { SilentView } from '../../../src/main/cli/silent-view';
import { plainStyle } from '../../../src/main/cli/style';
import { currentRates } from '../../../src/shared/stats/summary';
import { CapturedStream } from './support/captured-io';
import { PlayedRun } from './support/played-run';

afterEach(() => {
  vi.useRealTimers();
});

describe('the live table', () => {
  it('has a row for each series and Aggregated, with current rates', () => {
    const run = new PlayedRun({ failureRate: 0 });
    run.play(30);
    const lines = tableLines(run, { width: 160, height: 40 }, plainStyle);
    expect(lines[0]).toMatch(
      /^Method +Name +Requests +Fails +Median +90 %ile +95 %ile +99 %ile +Average +Min +Max +Avg bytes +RPS +Failures\/s +Missed +Aborted$/,
    );
    const last = lines.at(-1) ?? '';
    const { requestsPerSecond } = currentRates(run.recentSeconds).total;
    expect(last).toContain('Aggregated');
    expect(last).toContain(String(run.totals.select(null).requests));
    expect(last).toContain(requestsPerSecond.toFixed(1));
    expect(lines.filter((line) => line.includes('/greet'))).toHaveLength(1);
  });

  it.each([40, 60, 80, 100, 140])('fits a terminal of %d columns', (width) => {
    const run = new PlayedRun({ extraSeries: 3 });
    run.play(20);
    const lines = tableLines(run, { width, height: 40 }, plainStyle);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines[0]).toContain('95 %ile');
  });

  it('shows as many series as the terminal is high, and says how many more there are', () => {
    const run = new PlayedRun({ extraSeries: 20 });
    run.play(5);
    const lines = tableLines(run, { width: 120, height: 16 }, plainStyle);
    expect(lines.length).toBeLessThanOrEqual(14);
    expect(lines.some((line) => line.includes('… 16 more'))).toBe(true);
    expect(lines.at(-1)).toContain('Aggregated');
  });

  it('tells rate, nodes, failures, p95, generator health and progress below the table', () => {
    const run = new PlayedRun({ failureRate: 0, durationSeconds: 60 });
    run.play(30);
    const text = statusLines(run, 200, plainStyle, 30).join('\n');
    expect(text).toMatch(
      /100 of 100 nodes · [\d.]+ requests\/s · failures 0 % · p95 [\d.]+ ms · generator ok \(lag p99 [\d.]+ ms, loop \d+ %\)/,
    );
    expect(text).toMatch(/█{12}░{12} 30 s of 1 min, steady/);
  });

  it('says why the generator is the limit, and how long it was', () => {
    const run = new PlayedRun({ invalidSeconds: [18, 19] });
    run.play(20);
    expect(statusLines(run, 200, plainStyle, 0).join('\n')).toContain('generator-limited: Schedule lag p99 is above 10 ms.');
    run.play(3);
    expect(statusLines(run, 200, plainStyle, 0).join('\n')).toContain('limited in 2 s before');
  });

  it('says that it is stopping and how to stop at once', () => {
    const run = new PlayedRun();
    run.play(5);
    run.stop();
    expect(statusLines(run, 100, plainStyle, 0).at(-1)).toBe(
      'Stopping: up to 10 s for requests in flight. Ctrl-C again stops at once.',
    );
  });

  it('is drawn at most four times a second and leaves the screen when it stops', () => {
    vi.useFakeTimers();
    const screen = new CapturedStream(true, 100, 30);
    const view = new LiveView(screen, screen, plainStyle);
    const run = new PlayedRun({ durationSeconds: 20 });
    view.start(run);
    const draws = () => screen.text.split('\u001b[?2026h').length - 1;
    const before = draws();
    for (let second = 0; second < 5; second++) {
      run.play(1);
      vi.advanceTimersByTime(1000);
    }
    expect(draws() - before).toBeGreaterThan(0);
    expect(draws() - before).toBeLessThanOrEqual(20);
    expect(stripVTControlCharacters(screen.text)).toContain('Aggregated');
    view.note('warn', 'shard 1 was lost');
    expect(screen.text).toContain('warn: shard 1 was lost');
    view.stop();
    const after = screen.text.length;
    run.play(3);
    vi.advanceTimersByTime(2000);
    expect(screen.text).toHaveLength(after);
  });
});

describe('plain lines', () => {
  it('come every ten seconds of the run', () => {
    const [lines, messages] = [new CapturedStream(), new CapturedStream()];
    const view = new PlainView(lines, messages);
    const run = new PlayedRun({ durationSeconds: 35, failureRate: 0 });
    view.start(run);
    run.play(35);
    const written = lines.text.trimEnd().split('\n');
    expect(written).toHaveLength(3);
    expect(written[0]).toMatch(
      /^10 s, (ramp|steady): 100 of 100 nodes, [\d.]+ requests\/s, failures 0 %, p95 [\d.]+ ms, generator ok/,
    );
    expect(written[2]).toMatch(/^30 s, steady:/);
    run.stop();
    expect(lines.text).toContain('Stopping: up to 10 s');
    view.note('error', 'shard 1 was lost');
    expect(messages.text).toBe('error: shard 1 was lost\n');
  });
});

describe('the silent view', () => {
  it('lets errors through and nothing else', () => {
    const messages = new CapturedStream();
    const view = new SilentView(messages);
    view.start();
    view.note('info', 'one');
    view.note('warn', 'two');
    view.note('error', 'three');
    view.stop();
    expect(messages.text).toBe('nodeswarm: three\n');
  });
});
