import { describe, expect, test } from 'vitest';
import { drawLoad } from '../../../src/renderer/features/editor/model/load-drawing';
import { nextStage, stageEnds, withSpawnRate, withStages } from '../../../src/renderer/features/editor/model/load-form';
import { nodesOfType } from '../../../src/renderer/features/editor/model/preview-nodes';
import { nodeTypeShares, taskShares } from '../../../src/renderer/features/editor/model/shares';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { tutorial } from './tutorial';

describe('the drawing of a load', () => {
  test('goes up at the spawn rate and holds to the end', () => {
    const drawing = drawLoad({ nodes: 100, spawnRate: 5, durationSeconds: 60 });
    expect(drawing?.points).toEqual([
      { x: 0, y: 0 },
      { x: 1 / 3, y: 1 },
      { x: 1 / 3, y: 1 },
      { x: 1, y: 1 },
    ]);
    expect(drawing).toMatchObject({ seconds: 60, nodes: 100, isOpenEnded: false });
    expect(drawing?.timeMarks.map(({ value }) => value)).toEqual([0, 15, 30, 45, 60]);
    expect(drawing?.nodeMarks.map(({ value }) => value)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  test('ends where the run ends, even amid the ramp, and shows some time of one without end', () => {
    expect(drawLoad({ nodes: 100, spawnRate: 1, durationSeconds: 50 })?.points.at(-1)).toEqual({ x: 1, y: 0.5 });
    expect(drawLoad({ nodes: 100, spawnRate: 5 })).toMatchObject({ isOpenEnded: true, seconds: 30 });
  });

  test('follows stages down to zero', () => {
    const stages = [
      { nodes: 10, rampSeconds: 10, holdSeconds: 10 },
      { nodes: 0, rampSeconds: 20, holdSeconds: 0 },
    ];
    expect(drawLoad({ stages })?.points).toEqual([
      { x: 0, y: 0 },
      { x: 0.25, y: 1 },
      { x: 0.25, y: 1 },
      { x: 0.5, y: 1 },
      { x: 0.5, y: 1 },
      { x: 1, y: 0 },
    ]);
  });

  test('is not there while the load is broken, and never has more than six marks', () => {
    for (const load of [undefined, {}, { nodes: 5 }, { nodes: 'x' }, { stages: [] }, { nodes: 0, spawnRate: 1 }]) {
      expect(drawLoad(load)).toBeNull();
    }
    for (const nodes of [1, 7, 99, 12_345, 1_000_000]) {
      for (const durationSeconds of [1, 45, 3600, 31_536_000]) {
        const drawing = drawLoad({ nodes, spawnRate: nodes, durationSeconds });
        expect(drawing?.nodeMarks.length).toBeLessThanOrEqual(6);
        expect(drawing?.timeMarks.length).toBeLessThanOrEqual(6);
        expect(drawing?.nodeMarks.length).toBeGreaterThan(1);
      }
    }
  });
});

describe('the two forms of a load', () => {
  test('become each other without changing the plan', () => {
    const staged = withStages(tutorial());
    expect(staged).toMatchObject({ load: { stages: [{ nodes: 100, rampSeconds: 20, holdSeconds: 40 }] } });
    expect(parseScenario(staged)).toMatchObject({ ok: true });
    expect(withSpawnRate(staged)).toMatchObject({ load: { nodes: 100, spawnRate: 5, durationSeconds: 60 } });
    expect(withSpawnRate(staged)).not.toHaveProperty('load.stages');
  });

  test('begin with something that works when there is nothing to go by', () => {
    for (const document of [{}, { load: { nodes: 'x' } }, { load: { stages: 'x' } }]) {
      expect(withStages(document)).toMatchObject({ load: { stages: [{ nodes: 100 }] } });
      expect(withSpawnRate(document)).toMatchObject({ load: { nodes: 100, spawnRate: 5, durationSeconds: 60 } });
    }
  });

  test('tell when each stage ends', () => {
    const stage = { nodes: 5, rampSeconds: 10, holdSeconds: 20 };
    expect(stageEnds([stage, stage, { nodes: 5, rampSeconds: 1 }, stage])).toEqual([30, 60, null, null]);
    expect(nextStage([stage])).toMatchObject({ nodes: 5 });
  });
});

describe('shares', () => {
  test('of tasks follow their weights; one that is not written is 1', () => {
    expect(taskShares([{ weight: 10 }, {}, { weight: 1 }])).toEqual([10 / 12, 1 / 12, 1 / 12]);
    expect(taskShares([{ weight: 'x' }, { weight: 2 }])).toEqual([null, 1]);
    expect(taskShares([{ weight: 0 }])).toEqual([null]);
  });

  test('of node types leave out the fixed ones, as parts of all nodes', () => {
    const nodeTypes = [{ fixedCount: 20 }, { weight: 3 }, { weight: 1 }];
    expect(nodeTypeShares({ load: { nodes: 100, spawnRate: 5 }, nodeTypes })).toEqual([
      { nodes: 20 },
      { share: expect.closeTo(0.6) },
      { share: expect.closeTo(0.2) },
    ]);
    expect(nodeTypeShares({ nodeTypes })).toEqual([{ nodes: 20 }, { share: 0.75 }, { share: 0.25 }]);
  });
});

test('nodes to preview have the type, go on and come round again', () => {
  const parsed = parseScenario({
    ...tutorial(),
    load: { nodes: 6, spawnRate: 1 },
    nodeTypes: [
      { name: 'gateway', fixedCount: 2, tasks: [{ name: 'a', steps: [{ request: { path: '/' } }] }] },
      { name: 'sensor', tasks: [{ name: 'a', steps: [{ request: { path: '/' } }] }] },
    ],
  });
  if (!parsed.ok) throw new Error('the scenario is valid');
  expect(nodesOfType(parsed.scenario, 0, 0, 3)).toEqual([0, 1]);
  expect(nodesOfType(parsed.scenario, 1, 0, 3)).toEqual([2, 3, 4]);
  expect(nodesOfType(parsed.scenario, 1, 3, 3)).toEqual([5, 2, 3]);
  expect(nodesOfType(parsed.scenario, 7, 0, 3)).toEqual([]);
});
