import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { type Rounds, spreadOf } from '../measure/rounds';
import { sourceAddresses } from '../measure/source-addresses';
import type { SwarmOutcome } from '../measure/swarm-outcome';
import { fleet as fleetScenario, idleNodes } from '../measure/work';
import { wrk } from '../peers/peers';
import { figureText, spreadText } from '../report/figure-text';
import type { Section } from './section';
import { ANSWER } from './throughput';

/** Steady seconds of a run. */
const STEADY_SECONDS = 12;
/** Of wrk, connecting included. */
const YARDSTICK_SECONDS = 8;
const BUSY = { nodes: 10_000, pacingSeconds: 0.25, spawnRate: 500 };
const WIDE = { nodes: 50_000, pacingSeconds: 10, spawnRate: 5000 };
const SPAWNED = { nodes: 10_000, spawnRate: 10_000 };

export const fleet: Section = {
  id: 'fleet',
  title: 'A fleet on schedule',
  usesPeers: true,
  async measure(bench) {
    const { cores, swarm, rounds, peers } = bench;
    const both = [cores.server, cores.client];
    const one = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    const four = await Nginx.start(ANSWER, { cpus: both, workers: 4, log: false });
    const busy: SwarmOutcome[] = [];
    const wide: SwarmOutcome[] = [];
    const spawnSeconds: number[] = [];
    const wrkRates: number[] = [];
    const hasWrk = peers.available([wrk]).length > 0;
    try {
      for (let round = 1; round <= rounds; round++) {
        if (hasWrk) {
          const connections = BUSY.nodes;
          wrkRates.push(await wrk.fullSpeed({ url: one.url, seconds: YARDSTICK_SECONDS, cores: [cores.client], connections }));
        }
        const durationSeconds = BUSY.nodes / BUSY.spawnRate + STEADY_SECONDS;
        busy.push(await swarm.run(fleetScenario({ url: one.url, durationSeconds, ...BUSY }), { cores: [cores.client] }));
        bench.say(`round ${round}: 10,000 nodes ${told(busy)}`);
        wide.push(
          await swarm.run(
            fleetScenario({
              url: four.url,
              durationSeconds: WIDE.nodes / WIDE.spawnRate + STEADY_SECONDS,
              localAddresses: sourceAddresses(WIDE.nodes),
              ...WIDE,
            }),
            { shards: 4, cores: both },
          ),
        );
        bench.say(`round ${round}: 50,000 nodes ${told(wide)}`);
        spawnSeconds.push(
          spawnTime(await swarm.run(idleNodes({ url: one.url, durationSeconds: 5, ...SPAWNED }), { cores: [cores.client] })),
        );
        bench.say(`round ${round}: 10,000 nodes connected in ${spawnSeconds.at(-1)?.toFixed(2)} s`);
      }
    } finally {
      await one.stop();
      await four.stop();
    }
    const figures = {
      busyLagP99Ms: busy.map(({ steadyLagMs }) => steadyLagMs.p99),
      busyMissed: busy.map(({ steadyMissed }) => steadyMissed),
      busyRate: busy.map(({ steadyRequestsPerSecond }) => steadyRequestsPerSecond),
      wideLagP99Ms: wide.map(({ steadyLagMs }) => steadyLagMs.p99),
      spawnSeconds,
      wrkRate: wrkRates,
    } satisfies Record<string, Rounds>;
    return {
      method: [
        `10,000 nodes, a request each every 0.25 s (40,000 requests/s), one shard on one core, nginx on the other. 50,000 nodes, a request each every 10 s, four shards and four nginx workers on both cores. Each at a time of its own, spawned and connected at 500 and 5,000 a second (to connect and to send on time at once is not what is asked here; see Spawning); ${STEADY_SECONDS} s after the ramp. Schedule lag is how late the generator sends; lag and missed sends are those of the steady phase, in which the fleet is whole.`,
        'Spawning: 10,000 nodes at 10,000 a second, each connects and sends a request. The figure is an upper bound: when the last one was to be spawned, plus the longest time from when a first request was intended to when it was answered.',
      ],
      tables: [
        {
          title: 'Fleets',
          columns: [
            'fleet',
            'requests/s',
            'lag p50',
            'lag p99',
            'longest lag',
            'missed sends',
            'missed while spawning',
            'event loop busy',
            'seconds limited',
          ],
          rows: [fleetRow('10,000 nodes on one core', busy), fleetRow('50,000 nodes on two cores', wide)],
        },
      ],
      goals: [
        judge('fleetLag', spreadOf(figures.busyLagP99Ms)),
        judge('fleetMissed', spreadOf(figures.busyMissed)),
        judge('fleetManyLag', spreadOf(figures.wideLagP99Ms)),
        judge('spawning', spreadOf(spawnSeconds)),
      ],
      remarks: hasWrk
        ? [
            `wrk, as fast as it goes from the same core over ${figureText(BUSY.nodes)} connections to the same nginx: ${spreadText(spreadOf(wrkRates))} requests/s. So much the two cores give at all when ${figureText(BUSY.nodes)} connections take turns; ${figureText(BUSY.nodes / BUSY.pacingSeconds)} are asked of the fleet, on time.`,
          ]
        : [],
      rounds: figures,
    };
  },
};

/** Seconds until all nodes of a run were connected and answered, at the most. */
function spawnTime({ accounting, responseFromScheduleMaxMs }: SwarmOutcome): number {
  if (accounting.completed !== SPAWNED.nodes) throw new Error(`${accounting.completed} of ${SPAWNED.nodes} nodes were answered`);
  return (SPAWNED.nodes - 1) / SPAWNED.spawnRate + (responseFromScheduleMaxMs ?? 0) / 1000;
}

function told(outcomes: readonly SwarmOutcome[]): string {
  const last = outcomes.at(-1);
  return `lag p99 ${last?.steadyLagMs.p99?.toFixed(2)} ms, ${last?.steadyMissed} missed, ${(last?.accounting.missed ?? 0) - (last?.steadyMissed ?? 0)} while spawning`;
}

function fleetRow(name: string, outcomes: readonly SwarmOutcome[]): string[] {
  const cell = (figure: (outcome: SwarmOutcome) => number | null, unit = '') => spreadText(spreadOf(outcomes.map(figure)), unit);
  return [
    name,
    cell(({ steadyRequestsPerSecond }) => steadyRequestsPerSecond),
    cell(({ steadyLagMs }) => steadyLagMs.p50, 'ms'),
    cell(({ steadyLagMs }) => steadyLagMs.p99, 'ms'),
    cell(({ steadyLagMs }) => steadyLagMs.max, 'ms'),
    cell(({ steadyMissed }) => steadyMissed),
    cell(({ accounting, steadyMissed }) => accounting.missed - steadyMissed),
    cell(({ utilizationMean }) => utilizationMean * 100, '%'),
    cell(({ invalidSeconds }) => invalidSeconds),
  ];
}
