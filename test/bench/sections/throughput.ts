import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { autocannon, k6, locustFastHttpUser, wrk } from '../peers/peers';
import { measureRates, peerClient, type RateClient, rateTable, ratio } from './rates';
import type { Section } from './section';

export const OURS = 'Nodeswarm';
export const OUR_REMARK = 'templated body with two random fields and the node, weighted tasks, statistics on';
/** What nginx does in all sections. */
export const ANSWER = `location / { return 200 'ok'; }`;

export const throughput: Section = {
  id: 'throughput',
  title: 'Throughput of one shard on one core',
  usesPeers: true,
  async measure(bench) {
    const { cores, seconds, peers, swarm } = bench;
    const nginx = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    try {
      const { url } = nginx;
      const clients: RateClient[] = [
        {
          name: OURS,
          remark: OUR_REMARK,
          requestsPerSecond: async () =>
            (await swarm.run(fullSpeed({ url, durationSeconds: seconds + 1 }), { cores: [cores.client] }))
              .steadyRequestsPerSecond,
        },
        ...peers.available().map((peer) => peerClient(peer, { url, seconds, cores: [cores.client] })),
      ];
      const rates = await measureRates(bench, clients);
      return {
        method: [
          `Keep-alive POST of a small JSON body over ${CONNECTIONS} connections as fast as it goes, ${seconds} s a measurement; nginx (one worker) on one core, the client with all its processes on the other.`,
        ],
        tables: [rateTable('Requests a second', rates, OURS, clients)],
        goals: [
          judge('wrk', ratio(rates, OURS, wrk.name)),
          judge('wrkBeyond', ratio(rates, OURS, wrk.name)),
          judge('autocannon', ratio(rates, OURS, autocannon.name)),
          judge('locust', ratio(rates, OURS, locustFastHttpUser.name)),
          judge('k6', ratio(rates, OURS, k6.name)),
        ],
        remarks: rates.failures,
        rounds: rates.rounds,
      };
    } finally {
      await nginx.stop();
    }
  },
};
