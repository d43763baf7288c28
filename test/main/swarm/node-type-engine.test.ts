import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeTypeEngine } from '../../../src/main/swarm/node-type-engine';
import { Random } from '../../../src/main/swarm/random';
import { createWaitPolicy } from '../../../src/main/swarm/schedule/wait-policy';
import { NodeTypeProgram } from '../../../src/main/swarm/template/program';
import { scenarioSchema } from '../../../src/shared/scenario/schema';

function engineOf(weights: readonly number[]): NodeTypeEngine<never> {
  const { nodeTypes } = scenarioSchema.parse({
    nodeswarm: 1,
    name: 'weights',
    target: { baseUrl: 'http://127.0.0.1' },
    load: { nodes: 1, spawnRate: 1, durationSeconds: 1 },
    nodeTypes: [{ name: 'node', tasks: weights.map((weight, index) => ({ name: `task_${index}`, weight })) }],
  });
  const [nodeType] = nodeTypes;
  if (!nodeType) throw new Error('there is a node type');
  const program = new NodeTypeProgram(nodeType, { seed: 1, csv: {}, secrets: {}, fleetSize: 1 });
  const wait = createWaitPolicy(nodeType.wait, { wallClockAtStartUs: 0 });
  return new NodeTypeEngine<never>(0, nodeType, program, wait, 0, () => ({ kind: 'pause', minUs: 0, maxUs: 0 }));
}

describe('drawing a task', () => {
  it('gives the one whose share of [0, 1) a number falls into, for any weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 }), fc.nat(), (weights, seed) => {
        const engine = engineOf(weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const [drawing, numbers] = [new Random(seed, 0, 'tasks'), new Random(seed, 0, 'tasks')];
        for (let draw = 0; draw < 200; draw++) {
          const number = numbers.float();
          let end = 0;
          const expected = weights.findIndex((weight) => {
            end += weight / total;
            return number < end;
          });
          expect(engine.drawTask(drawing).id).toBe(expected === -1 ? weights.length - 1 : expected);
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
