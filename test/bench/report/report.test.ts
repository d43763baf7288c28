import { describe, expect, test } from 'vitest';
import { GOALS, judge, SECTION_IDS, type SectionId } from '../goals';
import { figureText, spreadText } from './figure-text';
import { benchmarksMarkdown } from './markdown';
import type { BenchReport, SectionReport } from './report';
import { sectionText } from './terminal';

function section(id: SectionId, figure: string): SectionReport {
  return {
    id,
    title: `Section ${id}`,
    method: ['How it was measured.'],
    tables: [{ title: 'Requests a second', columns: ['client', 'requests/s'], rows: [['Nodeswarm', figure]] }],
    goals: [judge('wrk', { median: 0.9, low: 0.8, high: 1, count: 5 }), judge('k6', null)],
    remarks: ['One remark.'],
    rounds: { Nodeswarm: [1, 2] },
    error: null,
    tookSeconds: 12.4,
  };
}

function report(sections: SectionReport[], date = '2030-01-02T03:04:05.000Z'): BenchReport {
  return {
    date,
    machine: { cpu: 'Model X', cores: 2, memoryGb: 8, system: 'Linux 6' },
    versions: ['Nodeswarm 1.2.3', 'wrk 4.1'],
    settings: { rounds: 5, seconds: 4, growthMinutes: 2, precedence: true },
    leftOut: ['k6 cannot be had here and is left out: no Go.'],
    sections,
  };
}

describe('goals', () => {
  test('the median decides; the limit itself is met', () => {
    const spread = (median: number) => ({ median, low: 0, high: 100, count: 5 });
    expect(judge('wrk', spread(0.85))).toMatchObject({ goal: 'at least 0.85 x', met: true });
    expect(judge('wrk', spread(0.849)).met).toBe(false);
    expect(judge('fleetLag', spread(3))).toMatchObject({ goal: 'at most 3 ms', met: true });
    expect(judge('fleetLag', spread(3.01)).met).toBe(false);
    expect(judge('fleetMissed', spread(0))).toMatchObject({ goal: 'at most 0', met: true });
    expect(judge('fleetMissed', spread(1)).met).toBe(false);
    expect(judge('wrk', null).met).toBeNull();
  });

  test('each has one limit and belongs to a section; each section has some', () => {
    for (const goal of Object.values(GOALS)) expect(Number('atLeast' in goal) + Number('atMost' in goal)).toBe(1);
    const sections = new Set(Object.values(GOALS).map((goal) => goal.section));
    expect([...sections].sort()).toEqual([...SECTION_IDS].sort());
  });
});

describe('figures as text', () => {
  test('as many digits as count', () => {
    expect([143_210.4, 123.4, 12.34, 1.234, 0, 7].map(figureText)).toEqual(['143,210', '123', '12.3', '1.23', '0', '7']);
    expect(figureText(Number.NaN)).toBe('n/a');
  });

  test('a spread shows the lowest and the highest round, if there is more than one', () => {
    expect(spreadText({ median: 0.9, low: 0.85, high: 1.02, count: 5 }, 'x')).toBe('0.90 x (0.85 to 1.02)');
    expect(spreadText({ median: 4, low: 4, high: 4, count: 1 })).toBe('4');
    expect(spreadText(null, 'x')).toBe('n/a');
  });
});

describe('the report on the terminal', () => {
  test('tables, goals with their verdicts, remarks', () => {
    const text = sectionText(section('throughput', '143,210'));
    expect(text).toMatch(/^Section throughput \(12 s\)/);
    expect(text).toMatch(/Nodeswarm\s+143,210/);
    expect(text).toMatch(/Requests\/s beside wrk\s+at least 0.85 x\s+0.90 x \(0.80 to 1\)\s+yes/);
    expect(text).toMatch(/Requests\/s beside k6\s+at least 5 x\s+n\/a\s+not measured/);
    expect(text).toContain('One remark.');
  });

  test('a section that failed says why', () => {
    expect(sectionText({ ...section('store', '1'), error: 'the disk is full' })).toContain(
      'NOT MEASURED TO ITS END: the disk is full',
    );
  });
});

describe('docs/benchmarks.md', () => {
  const byHand = '## Tried and dropped\n\n- Two sockets a node: 12 % slower.\n\n   odd   spacing stays\n';

  test('says date, machine, versions, method, figures, goals and what was left out', () => {
    const text = benchmarksMarkdown(report([section('throughput', '143,210')]), '');
    for (const part of [
      'Measured 2030-01-02 on Model X, 2 cores, 8 GB, Linux 6, in 12 s; 5 rounds, before other programs.',
      'Versions: Nodeswarm 1.2.3, wrk 4.1.',
      'k6 cannot be had here and is left out: no Go.',
      'How it was measured.',
      '| client | requests/s |\n|---|---:|\n| Nodeswarm | 143,210 |',
      '| Requests/s beside wrk | at least 0.85 x | 0.90 x (0.80 to 1) | yes |',
      '- One remark.',
      '## Tried and dropped\n',
    ])
      expect(text).toContain(part);
  });

  test('what is written by hand at the end stays letter by letter, however often it is made anew', () => {
    const first = benchmarksMarkdown(report([section('throughput', '1')]), `# Old\n\nold text\n\n${byHand}`);
    const second = benchmarksMarkdown(report([section('throughput', '2')]), first);
    expect(second.endsWith(byHand)).toBe(true);
    expect(second).not.toContain('old text');
    expect(benchmarksMarkdown(report([section('throughput', '2')]), second)).toBe(second);
  });

  test('so do sections by hand that stand before it', () => {
    const more = `## The app in a browser\n\n| by hand |\n\n${byHand}`;
    const first = benchmarksMarkdown(report([section('throughput', '1')]), `# Old\n\n${byHand}`).replace(byHand, more);
    const second = benchmarksMarkdown(report([section('throughput', '2'), section('fleet', '3')]), first);
    expect(second.slice(second.indexOf('<!-- end of fleet -->'))).toBe(`<!-- end of fleet -->\n\n${more}`);
  });

  test('sections that were not measured now stay as they are, in the order of the bench', () => {
    const first = benchmarksMarkdown(report([section('throughput', '111'), section('fleet', '222')]), byHand);
    const second = benchmarksMarkdown(
      report([section('https', '333'), section('fleet', '444')], '2031-05-06T00:00:00.000Z'),
      first,
    );
    expect(second).toContain('| Nodeswarm | 111 |');
    expect(second).not.toContain('| Nodeswarm | 222 |');
    const headings = [...second.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Section throughput', 'Section https', 'Section fleet', 'Tried and dropped']);
    expect([...second.matchAll(/Measured (\S+)/g)].map(([, date]) => date)).toEqual(['2030-01-02', '2031-05-06', '2031-05-06']);
  });

  test('a section that failed leaves the figures that were there', () => {
    const first = benchmarksMarkdown(report([section('fleet', '222')]), byHand);
    const failed = { ...section('fleet', ''), tables: [], error: 'requests failed' };
    expect(benchmarksMarkdown(report([failed]), first)).toBe(first);
    expect(benchmarksMarkdown(report([failed]), byHand)).toContain('**Not measured to its end:** requests failed');
  });

  test('a bar in a cell does not end it', () => {
    expect(benchmarksMarkdown(report([section('fleet', 'a|b')]), '')).toContain('a\\|b');
  });
});
