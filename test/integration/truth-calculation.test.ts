import { describe, expect, it } from 'vitest';
import { calculate, type PacedNode, queueOf, serviceOf } from '../truth/calculations/paced-nodes';

// The calculation that `npm run truth` holds the engine against, against answers worked out by hand.

function node(onOverrun: PacedNode['onOverrun'], spawnUs = 0): PacedNode {
  return { spawnUs, periodUs: 1e6, onOverrun };
}

/** Sends of the node of one second's period whose second answer takes 3.4 s and the others 0.2 s. */
function stalled(onOverrun: PacedNode['onOverrun'], stopSeconds = 8.5) {
  const { requests, missed } = calculate(
    [node(onOverrun)],
    serviceOf((nth) => (nth === 1 ? 3.4e6 : 0.2e6), 0),
    stopSeconds * 1e6,
  );
  return { sent: requests.map(({ sentUs }) => sentUs / 1e6), missed, requests };
}

describe('the calculation of nodes on grids', () => {
  it('skip: slots that pass are missed, the grid stays', () => {
    const { sent, missed } = stalled('skip');
    expect(sent).toEqual([0, 1, 5, 6, 7, 8]);
    expect(missed).toBe(3);
  });

  it('queue: every slot is used, late ones back to back', () => {
    const { sent, missed, requests } = stalled('queue');
    expect(sent.map((at) => Number(at.toFixed(6)))).toEqual([0, 1, 4.4, 4.6, 4.8, 5, 6, 7, 8]);
    expect(missed).toBe(0);
    expect(requests.map(({ doneUs, intendedUs }) => Math.round((doneUs - intendedUs) / 1e5) / 10)).toEqual([
      0.2, 3.4, 2.6, 1.8, 1, 0.2, 0.2, 0.2, 0.2,
    ]);
  });

  it('shift: the grid moves', () => {
    const { sent, missed } = stalled('shift');
    expect(sent.map((at) => Number(at.toFixed(6)))).toEqual([0, 1, 4.4, 5.4, 6.4, 7.4, 8.4]);
    expect(missed).toBe(0);
  });

  it('what passes until the stop while a request is in flight is missed', () => {
    expect(stalled('skip', 3.5)).toMatchObject({ sent: [0, 1], missed: 2 });
    expect(stalled('queue', 3.5)).toMatchObject({ sent: [0, 1], missed: 2 });
    expect(stalled('shift', 3.5)).toMatchObject({ sent: [0, 1], missed: 0 });
  });

  it('a saturated server answers at its capacity, first come first served', () => {
    const { requests } = calculate([node('queue'), node('queue', 500_000)], queueOf(1, 0), 6e6);
    expect(requests.map(({ doneUs }) => doneUs / 1e6)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(requests.map((request) => request.node)).toEqual([0, 1, 0, 1, 0, 1, 0]);
  });
});
