import { describe, expect, it } from 'vitest';
import { sparsePercentile } from '../../src/shared/stats/histogram';
import type { RunReport } from '../../src/shared/stats/report';
import { HttpLogServer } from '../support/http-log-server';
import { Nginx } from '../support/nginx';
import { finishedRun, smallScenario } from '../support/swarm-run';

type Counts = Record<string, { count: number; bytes: number }>;

function addTo(counts: Counts, key: string, bytes: number): void {
  const { count, bytes: before } = counts[key] ?? { count: 0, bytes: 0 };
  counts[key] = { count: count + 1, bytes: before + bytes };
}

/** Count and body bytes by series, as the run reports them. */
function reported(report: RunReport): Counts {
  return Object.fromEntries(
    report.series.map(({ method, name, requests, averageBytes }) => [
      `${method} ${name}`,
      { count: requests, bytes: Math.round((averageBytes ?? 0) * requests) },
    ]),
  );
}

const busyNodes = [
  {
    name: 'node',
    wait: { kind: 'constant' as const, seconds: 0.005 },
    tasks: [
      { name: 'small', weight: 3, steps: [{ request: { path: '/small' } }] },
      { name: 'large', weight: 1, steps: [{ request: { path: '/large' } }] },
      {
        name: 'post',
        weight: 2,
        steps: [
          {
            request: {
              method: 'POST' as const,
              path: '/post',
              body: { kind: 'json' as const, text: '{"v":{{randomInteger(1,1000000)}}}' },
              expect: { status: [200] },
            },
          },
        ],
      },
      { name: 'missing', weight: 1, steps: [{ request: { path: '/missing', expect: { status: [404] } } }] },
    ],
  },
];

describe('statistics agree with the log of the server', () => {
  it('nginx: counts and bytes exactly', async () => {
    const nginx = await Nginx.start(`
      location = /small { return 200 'small answer'; }
      location = /large { return 200 '${'x'.repeat(3000)}'; }
      location = /post { return 200 'posted'; }
      location = /missing { return 404 'nothing here'; }
      location = /started { return 204; }`);
    try {
      const { report } = await finishedRun(smallScenario(nginx.url, { nodeTypes: busyNodes }));
      const logged: Counts = {};
      for (const line of nginx.accessLog()) {
        const [method, uri, , bytes] = line.split(' ');
        addTo(logged, `${method} ${uri}`, Number(bytes));
      }
      expect(reported(report)).toEqual(logged);
      expect(report.total.requests).toBeGreaterThan(1000);
      expect(report.total.failures).toBe(0);
    } finally {
      await nginx.stop();
    }
  });

  it("Node's own http server: counts and bytes exactly, chunked or not", async () => {
    const sent: Counts = {};
    const server = await HttpLogServer.start(({ method, url }, response) => {
      const body = url === '/large' ? 'y'.repeat(5000) : `answer to ${url}`;
      addTo(sent, `${method} ${url}`, body.length);
      response.statusCode = url === '/missing' ? 404 : 200;
      // Two writes without a length: Node then sends chunks.
      if (url === '/small') {
        response.write(body.slice(0, 4));
        response.end(body.slice(4));
      } else {
        response.end(body);
      }
    });
    try {
      const { report } = await finishedRun(smallScenario(server.url, { nodeTypes: busyNodes }));
      expect(reported(report)).toEqual(sent);
      expect(report.total.requests).toBeGreaterThan(1000);
    } finally {
      await server.stop();
    }
  });
});

describe('a server with known latency', () => {
  /** Draws from a lognormal with the given median and 99 %ile, ms. */
  function lognormalMs(medianMs: number, p99Ms: number): number {
    const z = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
    return medianMs * Math.exp((Math.log(p99Ms / medianMs) / 2.326) * z);
  }

  const latencies: Record<string, () => number> = {
    'fixed 50 ms': () => 50,
    '1 % at 500 ms': () => (Math.random() < 0.01 ? 500 : 20),
    lognormal: () => lognormalMs(40, 200),
  };

  // The load of other processes on the machine can delay either side; a second look settles whether it was that.
  it.for(Object.keys(latencies))(
    '%s: percentiles are those the server recorded, within one percent and 1 ms',
    { retry: 2 },
    async (name) => {
      const server = await HttpLogServer.start((_request, response) => {
        setTimeout(() => response.end('ok'), latencies[name]?.() ?? 0);
      });
      try {
        const { data, report } = await finishedRun(
          smallScenario(server.url, {
            load: { nodes: 50, spawnRate: 50, durationSeconds: 9 },
            nodeTypes: [
              {
                name: 'node',
                wait: { kind: 'constant', seconds: 0.1 },
                tasks: [{ name: 'get', steps: [{ request: { path: '/' } }] }],
              },
            ],
          }),
        );
        const took = server.requests.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
        expect(report.total.requests).toBe(took.length);
        const histogram = data.totals.select(null).latency.toSparse();
        for (const p of [50, 90, 99]) {
          const atServer = took[Math.ceil((p / 100) * took.length) - 1] ?? 0;
          const measured = sparsePercentile(histogram, p) / 1000;
          expect(Math.abs(measured - atServer), `p${p}: measured ${measured} ms, server ${atServer} ms`).toBeLessThanOrEqual(
            atServer * 0.01 + 1,
          );
        }
      } finally {
        await server.stop();
      }
    },
  );
});
