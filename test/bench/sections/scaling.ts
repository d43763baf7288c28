import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { spreadOf } from '../measure/rounds';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { k6, locustFastHttpUser, wrk } from '../peers/peers';
import { spreadText } from '../report/figure-text';
import { measureRates, peerClient, type RateClient, ratio } from './rates';
import type { Section } from './section';
import { ANSWER, OURS } from './throughput';

const ONE = 'on one core';
const TWO = 'on two cores';
const APART = 'client on one core, server on the other';

export const scaling: Section = {
  id: 'scaling',
  title: 'Scaling from one core to two',
  usesPeers: true,
  async measure(bench) {
    const { cores, seconds, peers, swarm } = bench;
    const both = [cores.server, cores.client];
    const together = await Nginx.start(ANSWER, { cpus: [cores.client], log: false });
    const two = await Nginx.start(ANSWER, { cpus: both, workers: 2, log: false });
    const apart = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    try {
      const swarmClient = (where: string, { url }: Nginx, shards: number, on: readonly number[]): RateClient => ({
        name: `${OURS} ${where}`,
        remark: '',
        requestsPerSecond: async () => {
          const outcome = await swarm.run(fullSpeed({ url, durationSeconds: seconds + 1 }), { shards, cores: on });
          return outcome.steadyRequestsPerSecond;
        },
      });
      const others = peers.available([wrk, locustFastHttpUser, k6]);
      const clients: RateClient[] = [
        swarmClient(ONE, together, 1, [cores.client]),
        swarmClient(TWO, two, 2, both),
        swarmClient(APART, apart, 1, [cores.client]),
        ...others.flatMap((peer) => [
          peerClient(peer, { url: together.url, seconds, cores: [cores.client] }, `${peer.name} ${ONE}`),
          peerClient(peer, { url: two.url, seconds, cores: both }, `${peer.name} ${TWO}`),
        ]),
      ];
      const rates = await measureRates(bench, clients);
      const cell = (name: string) => spreadText(spreadOf(rates.rounds[name] ?? []));
      return {
        method: [
          `Client and server share the cores: one shard and one nginx worker on one core, then two shards and two workers on two cores; ${CONNECTIONS} connections in both, ${seconds} s a measurement. Peers likewise, with as many threads or processes as cores.`,
        ],
        tables: [
          {
            title: 'Requests a second, server on the same cores',
            columns: ['client', ONE, TWO, 'two over one'],
            rows: [OURS, ...others.map(({ name }) => name)].map((name) => [
              name,
              cell(`${name} ${ONE}`),
              cell(`${name} ${TWO}`),
              spreadText(ratio(rates, `${name} ${TWO}`, `${name} ${ONE}`), 'x'),
            ]),
          },
        ],
        goals: [judge('scaling', ratio(rates, `${OURS} ${TWO}`, `${OURS} ${ONE}`))],
        remarks: [
          ...(others.includes(wrk)
            ? [
                `wrk, which does little but call the kernel, shows what the machine itself gives: ${spreadText(ratio(rates, `${wrk.name} ${TWO}`, `${wrk.name} ${ONE}`), 'x')}.`,
              ]
            : []),
          `With the server on a core of its own, one shard reaches ${cell(`${OURS} ${APART}`)} requests/s. On two cores nothing can be 1.7 times of that: both are busy already.`,
          ...rates.failures,
        ],
        rounds: rates.rounds,
      };
    } finally {
      for (const nginx of [together, two, apart]) await nginx.stop();
    }
  },
};
