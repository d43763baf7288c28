import { describe, expect, it } from 'vitest';
import { explainHealth } from '../../../src/renderer/features/live/model/explained-health';
import { headerFigures } from '../../../src/renderer/features/live/model/header-figures';
import { runProgress } from '../../../src/renderer/features/live/model/progress';
import { RunColumns } from '../../../src/renderer/features/live/model/run-columns';
import { logLines } from '../../../src/renderer/features/live/model/run-log';
import type { RunViewState } from '../../../src/renderer/features/live/model/run-view-model';
import { receivedText, sampleText, sentText } from '../../../src/renderer/features/live/model/sample-text';
import { tableOf } from '../../../src/renderer/features/live/model/statistics-rows';
import { taskShares } from '../../../src/renderer/features/live/model/task-shares';
import type { FailureSample } from '../../../src/shared/stats/frame';
import { secondFixture, snapshotFixture } from './run-fixture';

function stateOf(snapshot: ReturnType<typeof snapshotFixture>, change: Partial<RunViewState> = {}): RunViewState {
  const running = snapshot.record.status === 'running';
  const read = { course: 'ready', courseError: null, seriesRead: new Set<number>(), seriesError: null } as const;
  return { stage: 'ready', error: null, snapshot, running, log: [], ...read, ...change };
}

function columnsOf(length: number, invalid: readonly number[] = [], reason = 'the generator sent late'): RunColumns {
  const columns = new RunColumns();
  for (let second = 0; second < length; second++) {
    columns.putSecond(secondFixture(second, { valid: !invalid.includes(second), reasons: [reason] }));
  }
  return columns;
}

describe('header figures', () => {
  it('shows the last 10 s while the run is on', () => {
    const snapshot = snapshotFixture({ status: 'running' });
    const figures = headerFigures(stateOf(snapshot), columnsOf(20));
    expect(figures.map(({ value, unit }) => `${value} ${unit}`.trim())).toEqual([
      '5 of 5',
      '20.0',
      '1.00',
      '11.0 ms',
      '22.0 ms',
      '33.0 ms',
    ]);
    expect(figures.every(({ line }) => line.length === 20)).toBe(true);
    expect(figures[3]?.explanation).toContain('last 10 s');
  });

  it('shows nodes of a run that stops without a target: none are planned any more', () => {
    const snapshot = snapshotFixture({ status: 'running' });
    const columns = columnsOf(20);
    expect(headerFigures(stateOf({ ...snapshot, stopping: true }), columns)[0]).toMatchObject({ value: '5', unit: 'stopping' });
    // At its planned end it has not told yet that it stops.
    columns.putSecond(secondFixture(20, { plannedNodes: 0 }));
    expect(headerFigures(stateOf(snapshot), columns)[0]).toMatchObject({ value: '5', unit: 'stopping' });
  });

  it('gives each value room for all that it usually is, which does not change with it', () => {
    const roomsOf = (shown: number) => {
      const snapshot = snapshotFixture({ status: 'running' });
      if (!snapshot.current) throw new Error('a run that is on has current figures');
      const { times, total } = snapshot.current;
      Object.assign(times, { median: shown, p95: shown, p99: shown });
      Object.assign(total, { requestsPerSecond: shown, failuresPerSecond: shown });
      const figures = headerFigures(stateOf(snapshot), columnsOf(20));
      for (const { value, unit, room } of figures) {
        expect(value.length).toBeLessThanOrEqual(room.value.length);
        expect(unit.length).toBeLessThanOrEqual(room.unit.length);
      }
      return figures.map(({ room }) => room);
    };
    for (const shown of [1.23, 44, 440, 999]) expect(roomsOf(shown)).toEqual(roomsOf(0));
  });

  it('says of the nodes what a run was started with and edited to', () => {
    const events = [{ atMs: 35_000, kind: 'edit' as const, text: '20 nodes at 5 a second' }];
    const [nodes] = headerFigures(stateOf({ ...snapshotFixture(), events }), columnsOf(30));
    expect(nodes?.explanation).toBe(
      'Highest number of planned nodes. Started with 10 nodes, edited at 00:35 to 20 nodes at 5 a second.',
    );
  });

  it('shows the steady phase of a stored run', () => {
    const snapshot = snapshotFixture();
    const [, rps, , median] = headerFigures(stateOf(snapshot), columnsOf(30));
    expect(Number(rps?.value)).toBeCloseTo(snapshot.report.steady?.total.rps ?? 0, 1);
    expect(median?.explanation).toContain('steady phase');
  });
});

describe('the number of nodes of a run that ended', () => {
  it('is what it was started with', () => {
    expect(headerFigures(stateOf(snapshotFixture()), columnsOf(30))[0]).toMatchObject({ value: '10', unit: '' });
  });

  it('is what it was raised to while it was on', () => {
    const columns = columnsOf(30);
    columns.putSecond(secondFixture(12, { plannedNodes: 80 }));
    expect(headerFigures(stateOf(snapshotFixture()), columns)[0]).toMatchObject({ value: '80', unit: '' });
  });
});

describe('generator health', () => {
  it('is healthy without limited seconds', () => {
    expect(explainHealth(columnsOf(30), snapshotFixture().report, true)).toMatchObject({
      tone: 'ok',
      word: 'healthy',
      stretches: [],
    });
  });

  it('names the seconds, the reasons and what to do', () => {
    const { report } = snapshotFixture({}, { invalidSeconds: [10, 11] });
    const health = explainHealth(columnsOf(30, [10, 11]), report, false);
    expect(health).toMatchObject({ tone: 'warn', word: 'was overloaded for 2 s', limitedSeconds: 2 });
    expect(health.stretches).toEqual([{ from: 10, to: 12, reasons: ['The generator sent late.'] }]);
    expect(health.advice.join(' ')).toContain('more shards');
  });

  it('tells each kind of reason of a stretch once, however its figures vary', () => {
    const columns = new RunColumns();
    for (let second = 0; second < 6; second++) {
      const reasons = [
        `shard ${second % 2} was held up: event loop lag p99 ${70 + second}.5 ms`,
        `shard 1 was busy: event loop ${90 + second} %`,
      ];
      columns.putSecond(secondFixture(second, { valid: false, reasons }));
    }
    expect(explainHealth(columns, snapshotFixture().report, true).stretches).toEqual([
      {
        from: 0,
        to: 6,
        reasons: ['Shard 0 was held up: event loop lag p99 70.5 ms.', 'Shard 1 was busy: event loop 90 %.'],
      },
    ]);
  });

  it('says what to do about the rate guard, where nothing else limited the run', () => {
    const { report } = snapshotFixture({}, { invalidSeconds: [10, 11] });
    const health = explainHealth(columnsOf(30, [10, 11], 'the rate guard held back 7 requests'), report, false);
    expect(health.advice).toEqual([expect.stringMatching(/^The rate guard is lower .* settings/)]);
  });

  it('is bad when it is now, and when it is much', () => {
    const { report } = snapshotFixture({}, { invalidSeconds: [28] });
    expect(explainHealth(columnsOf(30, [28]), report, true)).toMatchObject({ tone: 'bad', word: 'overloaded' });
    const much = snapshotFixture({}, { invalidSeconds: [1, 2, 3, 4, 5] });
    expect(explainHealth(columnsOf(30, [1, 2, 3, 4, 5]), much.report, false).tone).toBe('bad');
  });
});

describe('progress', () => {
  it('measures against the duration, and against nothing when the run goes on until stopped', () => {
    expect(runProgress(snapshotFixture({ status: 'running' }))).toMatchObject({
      share: 0.4,
      clock: '00:12 / 00:30',
      stage: null,
    });
    expect(runProgress({ ...snapshotFixture(), plannedSeconds: null })).toMatchObject({ share: null, clock: '00:12' });
  });

  it('says which stage it is in', () => {
    const snapshot = snapshotFixture();
    const stages = [
      { rampSeconds: 5, nodes: 10, holdSeconds: 5 },
      { rampSeconds: 5, nodes: 50, holdSeconds: 15 },
    ];
    const load = { stages, stopTimeoutSeconds: 10 };
    const staged = { ...snapshot, record: { ...snapshot.record, scenario: { ...snapshot.record.scenario, load } } };
    expect(runProgress(staged)).toMatchObject({ stage: 'Stage 2 of 2: to 50 nodes', stageStarts: [10 / 30] });
    expect(runProgress({ ...staged, elapsedSeconds: 20 }).stage).toBe('Stage 2 of 2: 50 nodes');
  });
});

describe('statistics table', () => {
  const snapshot = snapshotFixture({ status: 'running' });

  it('takes the times of the chosen kind, and leaves out what is kept of latency only', () => {
    const latency = tableOf(snapshot, 'whole', null, 'latency');
    const response = tableOf(snapshot, 'whole', null, 'responseFromSchedule');
    expect(latency?.total.p95).toBe(snapshot.report.total.p95);
    expect(response?.total.p95).toBe(snapshot.report.total.responseFromSchedule.p95);
    expect(response?.total).toMatchObject({ average: null, min: null });
    expect(response?.total.requests).toBe(latency?.total.requests);
  });

  it('takes the rows of the scope; current rates belong to the run as it is, not to a window', () => {
    expect(tableOf(snapshot, 'steady', null, 'latency')?.total.requests).toBe(snapshot.report.steady?.total.requests);
    expect(tableOf({ ...snapshot, report: { ...snapshot.report, steady: null } }, 'steady', null, 'latency')).toBeNull();
    expect(tableOf(snapshot, 'window', null, 'latency')).toBeNull();
    const window = { ...snapshot.report, window: { from: 1, to: 5 } };
    expect(tableOf(snapshot, 'window', window, 'latency')?.total.currentRps).toBeNull();
    expect(tableOf(snapshot, 'whole', null, 'latency')?.total.currentRps).toBe(20);
  });
});

describe('task shares', () => {
  it('holds executed tasks against weights, within the node type and in total', () => {
    const { report, record } = snapshotFixture();
    const shares = taskShares(report.tasks, record.scenario, record.options.nodes);
    expect(shares.map(({ task }) => task)).toEqual(['send_data', 'send_health', 'check_for_ota']);
    expect(shares[0]?.expected).toBeCloseTo(10 / 12, 9);
    expect(shares.reduce((sum, { expectedOfAll }) => sum + expectedOfAll, 0)).toBeCloseTo(1, 9);
    expect(shares.reduce((sum, { actualOfAll }) => sum + (actualOfAll ?? 0), 0)).toBeCloseTo(1, 9);
  });
});

describe('log', () => {
  it('puts events between the lines, once each, as sentences', () => {
    const snapshot = snapshotFixture();
    const at = snapshot.record.startedAt;
    const lines = logLines(
      {
        ...snapshot,
        events: [
          { atMs: 2000, kind: 'spawn-done', text: 'all nodes are up' },
          { atMs: 5000, kind: 'shard-lost', text: 'shard 1 is gone' },
        ],
      },
      [
        { at: at + 2003, level: 'info', text: 'All nodes are up.' },
        { at, level: 'info', text: 'Run 7 started' },
      ],
    );
    expect(lines.map(({ text, level }) => `${level} ${text}`)).toEqual([
      'info Run 7 started.',
      'info All nodes are up.',
      'error Shard 1 is gone.',
    ]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(3);
  });
});

describe('samples as text', () => {
  const sample: FailureSample = {
    atMs: 61_000,
    node: 3,
    nodeType: 'IoTNode',
    task: 'send_data',
    requestHead: 'POST /data HTTP/1.1\r\nhost: a\r\n\r\n',
    requestBody: '{"v":55.0}',
    status: 503,
    responseHead: 'HTTP/1.1 503 Service Unavailable',
    responseBody: 'queue full',
    latencyMs: 84.2,
    detail: 'expected status 2xx, got 503',
  };

  it('shows what was sent and what came back, to the digit', () => {
    expect(sentText(sample)).toBe('POST /data HTTP/1.1\nhost: a\n\n{"v":55.0}');
    expect(receivedText(sample)).toBe('HTTP/1.1 503 Service Unavailable\n\nqueue full');
    expect(receivedText({ ...sample, status: null })).toBe('Nothing came back.');
  });

  it('copies everything that a ticket needs', () => {
    const text = sampleText({ method: 'POST', name: '/data', error: 'HTTP 503' }, sample);
    for (const part of [
      'HTTP 503 at POST /data',
      'expected status 2xx, got 503',
      'node 3',
      '01:01',
      '{"v":55.0}',
      'queue full',
    ]) {
      expect(text).toContain(part);
    }
  });
});
