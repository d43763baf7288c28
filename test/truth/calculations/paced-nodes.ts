/** A node on a grid and what it meets. Times us of the run's clock. */
export interface PacedNode {
  spawnUs: number;
  periodUs: number;
  onOverrun: 'skip' | 'queue' | 'shift';
}

/** One request of the calculation. */
export interface CalculatedRequest {
  node: number;
  /** The how-manieth of the node. */
  nth: number;
  intendedUs: number;
  sentUs: number;
  doneUs: number;
}

export interface Calculation {
  /** In the order in which they were sent. */
  requests: CalculatedRequest[];
  missed: number;
}

/** When the answer to a request that is sent at `sentUs` comes. Called in the order of sending. */
export type Service = (node: number, nth: number, sentUs: number) => number;

/** A server with one place and a queue, first in first out. */
export function queueOf(perSecond: number, pathUs: number): Service {
  let freeUs = 0;
  return (_node, _nth, sentUs) => {
    freeUs = Math.max(freeUs, sentUs) + 1e6 / perSecond;
    return freeUs + pathUs;
  };
}

/** A server that takes `usOf` for each request, whatever else it does. */
export function serviceOf(usOf: (nth: number) => number, pathUs: number): Service {
  return (_node, nth, sentUs) => sentUs + usOf(nth) + pathUs;
}

/**
 * What happens, by the definitions of docs/statistics.md and docs/scenario.md and by nothing else, when nodes on grids send to a server until the run
 * stops: each has one request in flight, requests reach the server in the order in which they are sent.
 */
export function calculate(nodes: readonly PacedNode[], service: Service, stopUs: number): Calculation {
  const requests: CalculatedRequest[] = [];
  let missed = 0;
  const states = nodes.map(({ spawnUs }) => ({ originUs: spawnUs, slot: 0, nth: 0, sendUs: spawnUs }));
  for (;;) {
    // The next to send; nodes that want to at the same moment do in their order.
    let node = -1;
    states.forEach(({ sendUs }, index) => {
      if (node < 0 || sendUs < (states[node] as { sendUs: number }).sendUs) node = index;
    });
    const state = states[node];
    const plan = nodes[node];
    if (!state || !plan || state.sendUs >= stopUs) break;
    const { periodUs, onOverrun } = plan;
    const slotUs = (slot: number) => state.originUs + slot * periodUs;
    const doneUs = service(node, state.nth, state.sendUs);
    requests.push({ node, nth: state.nth, intendedUs: slotUs(state.slot), sentUs: state.sendUs, doneUs });
    state.nth++;
    if (doneUs >= stopUs) {
      // The last request of the node: what else was due until the stop is missed.
      while (onOverrun !== 'shift' && slotUs(state.slot + 1) < stopUs) {
        state.slot++;
        missed++;
      }
      state.sendUs = Number.POSITIVE_INFINITY;
      continue;
    }
    state.slot++;
    if (onOverrun === 'skip') {
      while (slotUs(state.slot) < doneUs) {
        state.slot++;
        missed++;
      }
    }
    if (onOverrun === 'shift' && slotUs(state.slot) < doneUs) state.originUs = doneUs - state.slot * periodUs;
    state.sendUs = Math.max(slotUs(state.slot), doneUs);
  }
  return { requests, missed };
}
