import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChartGroup } from '../../../src/renderer/charts/chart-group';

function member() {
  return { draw: vi.fn(), showCursor: vi.fn(), showSelection: vi.fn() };
}

describe('a group of charts', () => {
  let frames: (() => void)[] = [];
  const nextFrame = () => {
    const due = frames;
    frames = [];
    for (const frame of due) frame();
  };

  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  });
  afterEach(() => vi.unstubAllGlobals());

  function setUp() {
    const group = new ChartGroup();
    const charts = [member(), member()] as const;
    for (const chart of charts) group.add(chart);
    group.setData({ from: 0, to: 120 }, 100);
    nextFrame();
    return { group, charts };
  }

  it('draws once a frame, however often data come', () => {
    const { group, charts } = setUp();
    charts[0].draw.mockClear();
    for (let i = 0; i < 10; i++) group.setData({ from: 0, to: 120 }, 100 + i);
    expect(charts[0].draw).not.toHaveBeenCalled();
    nextFrame();
    expect(charts[0].draw).toHaveBeenCalledTimes(1);
    nextFrame();
    expect(charts[0].draw).toHaveBeenCalledTimes(1);
  });

  it('leaves to the next frame what does not fit into one', () => {
    const { group, charts } = setUp();
    const clock = vi.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    charts[0].draw.mockImplementation(() => {
      now += 50;
    });
    charts[1].draw.mockClear();
    group.invalidate();
    nextFrame();
    expect(charts[1].draw).not.toHaveBeenCalled();
    nextFrame();
    expect(charts[1].draw).toHaveBeenCalledTimes(1);
    clock.mockRestore();
  });

  it('moves the cursor of all charts without drawing their lines again', () => {
    const { group, charts } = setUp();
    charts[1].draw.mockClear();
    group.setCursor(42.7);
    nextFrame();
    expect(charts[0].showCursor).toHaveBeenLastCalledWith(42);
    expect(charts[1].showCursor).toHaveBeenLastCalledWith(42);
    expect(charts[1].draw).not.toHaveBeenCalled();
    group.setCursor(500);
    expect(group.cursor).toBe(119);
  });

  it('zooms all to whole seconds, tells its listeners, and goes back', () => {
    const { group } = setUp();
    const listener = vi.fn();
    group.subscribe(listener);
    group.zoomTo({ from: 50.4, to: 20.2 });
    expect(group.range).toEqual({ from: 20, to: 51 });
    expect(group.getState().zoom).toEqual({ from: 20, to: 51 });
    group.zoomTo({ from: 30, to: 30.1 });
    expect(group.range).toEqual({ from: 30, to: 32 });
    group.zoomTo(null);
    expect(group.range).toEqual({ from: 0, to: 120 });
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('keeps the zoom while data come, and follows the last seconds when asked to', () => {
    const { group } = setUp();
    group.zoomTo({ from: 10, to: 20 });
    group.setData({ from: 0, to: 180 }, 130);
    expect(group.range).toEqual({ from: 10, to: 20 });
    group.follow(60);
    expect(group.range).toEqual({ from: 70, to: 130 });
    group.setData({ from: 0, to: 180 }, 131);
    expect(group.range).toEqual({ from: 71, to: 131 });
  });

  it('draws a chart that has left no more', () => {
    const group = new ChartGroup();
    const chart = member();
    const leave = group.add(chart);
    leave();
    group.invalidate();
    nextFrame();
    expect(chart.draw).not.toHaveBeenCalled();
  });
});
