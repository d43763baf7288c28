import { createCertificate } from '../../support/certificates';
import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { autocannon, hey, k6, locustFastHttpUser, wrk } from '../peers/peers';
import { measureRates, peerClient, type RateClient, rateTable, ratio } from './rates';
import type { Section } from './section';
import { ANSWER, OUR_REMARK, OURS } from './throughput';

const OURS_OVER_HTTP2 = `${OURS}, HTTP/2`;

export const https: Section = {
  id: 'https',
  title: 'HTTPS and HTTP/2',
  usesPeers: true,
  async measure(bench) {
    const { cores, seconds, peers, swarm } = bench;
    const certificate = await createCertificate({ name: 'localhost' });
    const options = { cpus: [cores.server], log: false };
    const overHttp1 = await Nginx.start(ANSWER, { ...options, tls: certificate });
    const overHttp2 = await Nginx.start(ANSWER, { ...options, tls: { ...certificate, http2: true } });
    try {
      const client = [cores.client];
      const rateOf = async (document: ReturnType<typeof fullSpeed>) =>
        (await swarm.run(document, { cores: client })).steadyRequestsPerSecond;
      const durationSeconds = seconds + 1;
      const http1: RateClient[] = [
        {
          name: OURS,
          remark: OUR_REMARK,
          requestsPerSecond: () => rateOf(fullSpeed({ url: overHttp1.url, durationSeconds })),
        },
        ...peers
          .available([wrk, autocannon, hey, locustFastHttpUser, k6])
          .map((peer) => peerClient(peer, { url: overHttp1.url, seconds, cores: client })),
      ];
      const http2: RateClient[] = [
        {
          name: OURS_OVER_HTTP2,
          remark: `${OUR_REMARK}; a connection for each node, through undici`,
          requestsPerSecond: () => rateOf(fullSpeed({ url: overHttp2.url, durationSeconds, http: '2' })),
        },
        ...peers
          .available([hey, k6])
          .map((peer) => peerClient(peer, { url: overHttp2.url, seconds, cores: client, http2: true }, `${peer.name}, HTTP/2`)),
      ];
      const rates = await measureRates(bench, [...http1, ...http2]);
      return {
        method: [
          `As above, but over TLS: nginx with a test certificate (P-256) that nobody checks, ${CONNECTIONS} connections, ${seconds} s a measurement. HTTP/2 against a second nginx that offers it; both run all the time, on the same core, and only one is asked.`,
        ],
        tables: [
          rateTable('Requests a second over HTTPS (HTTP/1.1)', rates, OURS, http1),
          rateTable('Requests a second over HTTP/2', rates, OURS_OVER_HTTP2, http2),
        ],
        goals: [judge('httpsWrk', ratio(rates, OURS, wrk.name))],
        remarks: ['wrk, autocannon and Locust do not speak HTTP/2; there is no goal for it.', ...rates.failures],
        rounds: rates.rounds,
      };
    } finally {
      await overHttp1.stop();
      await overHttp2.stop();
    }
  },
};
