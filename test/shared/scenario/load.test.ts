import { describe, expect, it } from 'vitest';
import {
  editLoad,
  fleetChanges,
  type LoadSegment,
  nodesAt,
  peakNodes,
  phaseOfSecond,
  planLoad,
} from '../../../src/shared/scenario/load';

const changesOf = (segments: LoadSegment[], shards = 1) =>
  Array.from({ length: shards }, (_, shard) => segments.flatMap((segment) => [...fleetChanges(segment, shard, shards)])).flat();

describe('load plan', () => {
  it('spawns node i at i / spawnRate and then holds', () => {
    const { segments, durationSeconds } = planLoad({ nodes: 100, spawnRate: 5, durationSeconds: 60, stopTimeoutSeconds: 10 });
    expect(durationSeconds).toBe(60);
    const spawns = changesOf(segments);
    expect(spawns.map((change) => change.node)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    for (const { atSeconds, node, spawn } of spawns) {
      expect(spawn).toBe(true);
      expect(atSeconds).toBeCloseTo(node / 5, 9);
      expect(nodesAt(segments, atSeconds)).toBe(node + 1);
    }
    expect(nodesAt(segments, 0)).toBe(1);
    expect(nodesAt(segments, 59)).toBe(100);
  });

  it('is the same fleet however many shards share it', () => {
    const { segments } = planLoad({ nodes: 97, spawnRate: 10, stopTimeoutSeconds: 10 });
    const one = changesOf(segments).map(({ node, atSeconds }) => `${node}@${atSeconds}`);
    const four = changesOf(segments, 4).map(({ node, atSeconds }) => `${node}@${atSeconds}`);
    expect(four.sort()).toEqual(one.sort());
  });

  it('goes through stages, up, jump, hold and down, newest first', () => {
    const load = planLoad({
      stages: [
        { nodes: 10, rampSeconds: 10, holdSeconds: 5 },
        { nodes: 20, rampSeconds: 0, holdSeconds: 5 },
        { nodes: 0, rampSeconds: 4, holdSeconds: 0 },
      ],
      stopTimeoutSeconds: 10,
    });
    expect(load.durationSeconds).toBe(24);
    expect(peakNodes(load.segments)).toBe(20);
    expect([0, 4.5, 10, 14.9, 15, 19.9].map((at) => nodesAt(load.segments, at))).toEqual([1, 5, 10, 10, 20, 20]);
    const stops = changesOf(load.segments).filter((change) => !change.spawn);
    expect(stops.map((change) => change.node)).toEqual(Array.from({ length: 20 }, (_, i) => 19 - i));
    expect(stops[0]?.atSeconds).toBe(20);
    expect(stops[19]?.atSeconds).toBeCloseTo(23.8, 9);
    expect(nodesAt(load.segments, 24)).toBe(0);
  });

  it('takes an edit from where the plan is at that moment', () => {
    const load = planLoad({ nodes: 100, spawnRate: 10, durationSeconds: 60, stopTimeoutSeconds: 10 });
    const edited = editLoad(load, 5, 20, 5);
    expect(nodesAt(edited.segments, 4.95)).toBe(50);
    expect(nodesAt(edited.segments, 5)).toBe(49);
    expect(nodesAt(edited.segments, 6.1)).toBe(44);
    expect(nodesAt(edited.segments, 12)).toBe(20);
    expect(edited.durationSeconds).toBe(60);
    const spawnTimes = (segments: LoadSegment[]) => changesOf(segments).filter((change) => change.spawn && change.atSeconds < 5);
    expect(spawnTimes(edited.segments)).toEqual(spawnTimes(load.segments));
    const again = editLoad(edited, 30, 40, 20);
    expect(nodesAt(again.segments, 29)).toBe(20);
    expect(nodesAt(again.segments, 31)).toBe(40);
  });
});

describe('phases', () => {
  it('ramp until all are up, then steady: a second is steady when all of it is', () => {
    const { segments } = planLoad({ nodes: 21, spawnRate: 2, stopTimeoutSeconds: 10 });
    expect([0, 9, 10, 11, 500].map((second) => phaseOfSecond(segments, second))).toEqual([
      'ramp',
      'ramp',
      'ramp',
      'steady',
      'steady',
    ]);
  });

  it('holds between stages are steady, the last way down is cooldown', () => {
    const { segments } = planLoad({
      stages: [
        { nodes: 10, rampSeconds: 2, holdSeconds: 3 },
        { nodes: 20, rampSeconds: 2, holdSeconds: 3 },
        { nodes: 0, rampSeconds: 2, holdSeconds: 0 },
      ],
      stopTimeoutSeconds: 10,
    });
    const phases = Array.from({ length: 13 }, (_, second) => phaseOfSecond(segments, second)[0]).join('');
    expect(phases).toBe('rrsssrrsssccc');
  });
});
