import { describe, expect, it } from 'vitest';
import { sparsePercentile } from '../../src/shared/stats/histogram';
import type { RunReport } from '../../src/shared/stats/report';
import { HttpLogServer } from '../support/http-log-server';
import { type LatencyModel, LatencyServer } from '../support/latency-server';
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
  const models: Record<string, LatencyModel> = {
    'fixed 50 ms': { kind: 'fixed', ms: 50 },
    '1 % at 500 ms': { kind: 'outliers', ms: 20, outlierMs: 500, share: 0.01 },
    lognormal: { kind: 'lognormal', medianMs: 40, p99Ms: 200 },
  };
  const atPercent = (ascending: readonly number[], p: number) => ascending[Math.ceil((p / 100) * ascending.length) - 1] ?? 0;

  // The other work of a busy machine delays the server before it reads, and a client before it reads the answer. The control, which is no part
  // of Nodeswarm, tells by how much; on a quiet machine that is a fraction of a millisecond.
  it.for(Object.entries(models))(
    '%s: percentiles are those the server recorded, within one percent and 1 ms',
    { retry: 2 },
    async ([, model]) => {
      const server = await LatencyServer.start(model);
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
      const { tookMs, addedMs } = await server.stop();
      expect(report.total.requests).toBe(tookMs.length);
      expect(tookMs.length).toBeGreaterThan(1000);
      expect(addedMs.length).toBeGreaterThan(100);
      const histogram = data.totals.select(null).latency.toSparse();
      for (const p of [50, 90, 99]) {
        const atServer = atPercent(tookMs, p);
        const delayedMs = atPercent(addedMs, p);
        const measured = sparsePercentile(histogram, p) / 1000;
        const what = `p${p}: measured ${measured} ms, server ${atServer} ms, delayed by the machine ${delayedMs} ms`;
        expect(measured - atServer, what).toBeLessThanOrEqual(atServer * 0.01 + 1 + delayedMs);
        // Nothing can make an answer come before it was sent.
        expect(measured - atServer, what).toBeGreaterThanOrEqual(-(atServer * 0.01 + 1));
      }
    },
  );
});
