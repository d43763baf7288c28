import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { valueAt } from '../../../src/renderer/charts/time-column';
import { RunViewModel } from '../../../src/renderer/features/live/model/run-view-model';
import { courseFixture, ScriptedApi, secondFixture, snapshotFixture } from './run-fixture';

const RUNNING = { id: 7, status: 'running', endedAt: null } as const;

describe('the model of the run view', () => {
  let model: RunViewModel | null = null;
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    model?.dispose();
    model = null;
    vi.useRealTimers();
  });

  const settle = () => vi.advanceTimersByTimeAsync(300);

  function setUp(target: number | 'current', answers: ScriptedApi['answers']) {
    const api = new ScriptedApi();
    Object.assign(
      api.answers,
      { 'runs.heat': () => '', 'runs.course': () => courseFixture(0), 'runs.current': () => null },
      answers,
    );
    model = new RunViewModel(api, target);
    return { api, model };
  }

  it('says that there was no run yet', async () => {
    const { model } = setUp('current', {});
    await settle();
    expect(model.getState().stage).toBe('none');
  });

  it('reads a stored run and its course from the store', async () => {
    const { api, model } = setUp(7, { 'runs.read': () => snapshotFixture({ id: 7 }), 'runs.course': () => courseFixture(30) });
    await settle();
    expect(model.getState()).toMatchObject({ stage: 'ready', running: false, course: 'ready' });
    expect(model.columns.length).toBe(30);
    await model.loadSeries([1, 2]);
    await model.loadSeries([1]);
    expect(api.calls.filter(({ name }) => name === 'runs.course').map(({ input }) => input)).toEqual([
      { id: 7, series: null },
      { id: 7, series: 1 },
      { id: 7, series: 2 },
    ]);
  });

  it('says which series it has, why it has not another one, and reads all anew when the server was away', async () => {
    let broken = true;
    let stored = 30;
    const { api, model } = setUp(7, {
      'runs.read': () => snapshotFixture({ id: 7 }),
      'runs.course': (input) => {
        if (broken && (input as { series: number | null }).series === 2) throw new Error('The store is away.');
        return courseFixture(stored);
      },
    });
    await settle();
    await model.loadSeries([1, 2]);
    expect(model.getState()).toMatchObject({ seriesRead: new Set([1]), seriesError: 'The store is away.' });
    broken = false;
    await model.loadSeries([1, 2]);
    expect(model.getState()).toMatchObject({ seriesRead: new Set([1, 2]), seriesError: null });
    stored = 40;
    api.comeBack();
    await settle();
    expect(valueAt(model.columns.column('requests', 1), 35)).toBe(45);
    expect(valueAt(model.columns.column('requests', 2), 39)).toBe(49);
  });

  it('tells why a run cannot be shown, and shows it when asked again', async () => {
    let gone = true;
    const { model } = setUp(7, {
      'runs.read': () => {
        if (gone) throw new Error('Run 7 was deleted.');
        return snapshotFixture({ id: 7 });
      },
    });
    await settle();
    expect(model.getState()).toMatchObject({ stage: 'failed', error: 'Run 7 was deleted.' });
    gone = false;
    await model.load();
    expect(model.getState()).toMatchObject({ stage: 'ready', error: null });
  });

  it('keeps the figures when only the course cannot be read', async () => {
    const { model } = setUp(7, {
      'runs.read': () => snapshotFixture({ id: 7 }),
      'runs.course': () => {
        throw new Error('The store is away.');
      },
    });
    await settle();
    expect(model.getState()).toMatchObject({ stage: 'ready', course: 'failed', courseError: 'The store is away.' });
  });

  it('gives who comes late the course so far, without losing what happens meanwhile', async () => {
    const { api, model } = setUp('current', {
      'runs.current': () => ({
        snapshot: snapshotFixture(RUNNING),
        running: true,
        log: [{ at: 1, level: 'info', text: 'started' }],
      }),
      'runs.course': async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return courseFixture(5);
      },
    });
    await vi.advanceTimersByTimeAsync(50);
    api.tell('run.second', { runId: 7, second: secondFixture(5, { requests: 99 }), snapshot: snapshotFixture(RUNNING) });
    await settle();
    expect(model.columns.endSecond).toBe(6);
    expect(model.columns.hasGaps()).toBe(false);
    expect(valueAt(model.columns.column('requests', null), 4)).toBe(14);
    expect(valueAt(model.columns.column('requests', null), 5)).toBe(99);
    expect(model.getState().log).toHaveLength(1);
  });

  it('asks the store again for a second that was missing in between', async () => {
    let stored = 4;
    const { api, model } = setUp('current', {
      'runs.current': () => ({ snapshot: snapshotFixture(RUNNING), running: true, log: [] }),
      'runs.course': () => courseFixture(stored),
    });
    await settle();
    api.tell('run.second', { runId: 7, second: secondFixture(6), snapshot: snapshotFixture(RUNNING) });
    expect(model.columns.hasGaps()).toBe(true);
    await model.load();
    stored = 7;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(model.columns.hasGaps()).toBe(false);
  });

  it('keeps seconds of a series once its charts are drawn, and asks the store again for one in between', async () => {
    let stored = 4;
    const { api, model } = setUp('current', {
      'runs.current': () => ({ snapshot: snapshotFixture(RUNNING), running: true, log: [] }),
      'runs.course': () => courseFixture(stored),
    });
    const tell = (second: number) =>
      api.tell('run.second', { runId: 7, second: secondFixture(second), snapshot: snapshotFixture(RUNNING) });
    await settle();
    tell(4);
    expect(model.columns.column('requests', 0).length).toBe(0);
    await model.loadSeries([0]);
    tell(5);
    expect(model.columns.hasSeriesGaps(0)).toBe(true);
    stored = 6;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(Array.from(model.columns.column('requests', 0).values).slice(0, 6)).toEqual([10, 11, 12, 13, 14, 15]);
    // Nothing is missing any more.
    const asked = api.count('runs.course');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.count('runs.course')).toBe(asked);
  });

  it('renders at most four times a second, however many events come', async () => {
    const { api, model } = setUp('current', {
      'runs.current': () => ({ snapshot: snapshotFixture(RUNNING), running: true, log: [] }),
    });
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    const listener = vi.fn();
    model.subscribe(listener);
    for (let i = 0; i < 200; i++) {
      api.tell('run.log', { runId: 7, entry: { at: i, level: 'info', text: `line ${i}` } });
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(listener.mock.calls.length).toBeLessThanOrEqual(5);
    await settle();
    expect(model.getState().log).toHaveLength(200);
  });

  it('stays after the end and reads the run from the store', async () => {
    let status: 'running' | 'finished' = 'running';
    const { api, model } = setUp('current', {
      'runs.current': () => ({ snapshot: snapshotFixture({ id: 7, status }), running: status === 'running', log: [] }),
      'runs.course': () => courseFixture(status === 'running' ? 0 : 30),
    });
    await settle();
    expect(model.getState().running).toBe(true);
    status = 'finished';
    api.tell('run.status', { runId: 7, snapshot: snapshotFixture({ id: 7 }) });
    await settle();
    expect(model.getState()).toMatchObject({ stage: 'ready', running: false });
    expect(model.columns.length).toBe(30);
  });

  it('goes over to the next run when it shows the current one, and stays with a run it was given', async () => {
    let id = 7;
    const current = () => ({
      snapshot: snapshotFixture({ id, status: id === 7 ? 'finished' : 'running' }),
      running: id !== 7,
      log: [],
    });
    const one = setUp('current', { 'runs.current': current, 'runs.course': () => courseFixture(id === 7 ? 30 : 0) });
    await settle();
    id = 8;
    one.api.tell('run.status', { runId: 8, snapshot: snapshotFixture({ ...RUNNING, id: 8 }) });
    await settle();
    expect(one.model.getState().snapshot?.record.id).toBe(8);
    expect(one.model.columns.length).toBe(0);
    one.model.dispose();

    const other = setUp(7, { 'runs.read': () => snapshotFixture({ id: 7 }), 'runs.current': current });
    await settle();
    other.api.tell('run.status', { runId: 8, snapshot: snapshotFixture({ ...RUNNING, id: 8 }) });
    other.api.tell('run.second', { runId: 8, second: secondFixture(0), snapshot: snapshotFixture({ ...RUNNING, id: 8 }) });
    await settle();
    expect(other.model.getState().snapshot?.record.id).toBe(7);
    expect(other.model.columns.length).toBe(0);
  });

  it('asks for nothing while seconds come in: what is shown of them comes with them', async () => {
    const { api, model } = setUp('current', {
      'runs.current': () => ({ snapshot: snapshotFixture(RUNNING), running: true, log: [] }),
    });
    await settle();
    model.subscribe(() => undefined);
    const before = api.calls.length;
    for (let second = 0; second < 20; second++) {
      api.tell('run.second', { runId: 7, second: secondFixture(second), snapshot: snapshotFixture(RUNNING) });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(api.calls.slice(before)).toEqual([]);
  });

  it('reads everything again once the server is back, and lets go of all when it is over', async () => {
    const { api, model } = setUp(7, { 'runs.read': () => snapshotFixture({ id: 7 }) });
    await settle();
    api.comeBack();
    await settle();
    expect(api.count('runs.read')).toBe(2);
    model.dispose();
    expect(api.listening).toBe(0);
  });
});
