import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type LiveRun, RunRefused, type RunRequest } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import { shardMain } from '../../src/main/swarm/shard-main';
import type { ScenarioDocument, Wait } from '../../src/shared/scenario/schema';
import { buildReport, type RunReport } from '../../src/shared/stats/report';
import type { RunData } from '../../src/shared/stats/run';
import { HttpLogServer, type LoggedRequest } from '../support/http-log-server';
import { InMemoryProcessHost } from '../support/in-memory-host';
import { scenarioOf } from '../support/swarm-run';
import { until } from '../support/until';

// The whole engine against a real HTTP server, with its shards in this process. Counts are exact because grids are; nothing here
// depends on how fast the machine is, beyond answering within half a second.

type NodeTypes = ScenarioDocument['nodeTypes'];
type WaitInput = ScenarioDocument['nodeTypes'][number]['wait'];

const servers: HttpLogServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function serve(answer?: (request: LoggedRequest, response: ServerResponse) => void): Promise<HttpLogServer> {
  const server = await HttpLogServer.start(answer);
  servers.push(server);
  return server;
}

async function start(document: ScenarioDocument, request: Partial<RunRequest> = {}): Promise<LiveRun> {
  const controller = new RunController({ host: new InMemoryProcessHost({ shard: shardMain }), store: null });
  return controller.start({ scenario: scenarioOf(document), folder: import.meta.dirname, shards: 2, seed: 1, ...request });
}

/** A run that has ended: its data and its report, with closed accounting. */
async function finish(run: LiveRun): Promise<{ data: RunData; report: RunReport }> {
  const data = await run.done;
  const report = buildReport(data);
  const { started, completed, failed, aborted } = report.accounting;
  expect(started).toBe(completed + failed + aborted);
  return { data, report };
}

function document(baseUrl: string, load: ScenarioDocument['load'], nodeTypes: NodeTypes): ScenarioDocument {
  return { nodeswarm: 1, name: 'engine', target: { baseUrl }, load, nodeTypes };
}

/** A node type with one task of one GET. */
function getter(wait: WaitInput, path = '/task'): NodeTypes {
  return [{ name: 'node', wait, tasks: [{ name: 'get', steps: [{ request: { path } }] }] }];
}

/** How many waits of `ms`, one after another, end within `seconds`. */
async function countWaits(ms: number, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  for (let waits = 0; ; waits++) {
    await sleep(ms);
    if (performance.now() > end) return waits;
  }
}

describe('waits, at the server', () => {
  const onGrid: [string, Partial<Wait> & { kind: string }, number][] = [
    ['pacing', { kind: 'pacing', seconds: 0.5 } as Wait, 6],
    ['throughput', { kind: 'throughput', perSecond: 2 } as Wait, 6],
    ['pacing with jitter', { kind: 'pacing', seconds: 0.5, jitterSeconds: 0.1 } as Wait, 6],
    ['pacing, queue', { kind: 'pacing', seconds: 0.5, onOverrun: 'queue' } as Wait, 6],
  ];
  it.for(onGrid)('%s: exactly its slots', async ([, wait, perNode]) => {
    const server = await serve();
    // Nearly a slot is left at the end, so that the count does not hang on how busy the machine is.
    const { report } = await finish(
      await start(document(server.url, { nodes: 4, spawnRate: 1000, durationSeconds: 2.95 }, getter(wait as Wait))),
    );
    expect(server.requests.length).toBe(4 * perNode);
    expect(report.accounting).toMatchObject({ started: 4 * perNode, completed: 4 * perNode, missed: 0 });
  });

  const afterTask: [string, Wait, number][] = [
    ['constant', { kind: 'constant', seconds: 0.1 }, 10],
    ['between', { kind: 'between', minSeconds: 0.05, maxSeconds: 0.15 }, 10],
    ['exponential', { kind: 'exponential', meanSeconds: 0.1 }, 10],
  ];
  it.for(afterTask)('%s: never earlier than it says, at about its mean rate', async ([kind, wait, perSecond]) => {
    const server = await serve();
    const nodeTypes = getter(wait).map((type) => ({
      ...type,
      tasks: [{ name: 'get', steps: [{ request: { path: '/task', headers: { 'x-node': '{{node.index}}' } } }] }],
    }));
    const run = await start(document(server.url, { nodes: 40, spawnRate: 1000, durationSeconds: 3 }, nodeTypes));
    // What timers of the mean, one after another, come to in the same time in this process: the machine holds up both.
    const [, waits] = await Promise.all([finish(run), countWaits(1000 / perSecond, 3)]);
    const perNode = server.requests.length / 40;
    expect(perNode).toBeGreaterThan(waits * 0.6);
    expect(perNode).toBeLessThan(3 * perSecond * 1.15);
    const minimumMs = kind === 'constant' ? 99 : kind === 'between' ? 49 : 0;
    const byNode = Map.groupBy(server.requests, ({ headers }) => headers['x-node']);
    for (const requests of byNode.values()) {
      for (let i = 1; i < requests.length; i++) {
        const [before, after] = [requests[i - 1], requests[i]];
        // A request may have waited for the server while the one before it did not; then it was sent earlier than it looks, not later.
        expect((after?.receivedMs ?? 0) - (before?.receivedMs ?? 0)).toBeGreaterThanOrEqual(Math.max(0, minimumMs - 60));
      }
    }
  });
});

describe('a task that overruns its slots', () => {
  /** The first answer takes 2 s, the others none; slots are 0.8 s apart, six of them in the run. */
  async function overrun(onOverrun: 'skip' | 'queue' | 'shift') {
    let first = true;
    const server = await serve((_request, response) => {
      setTimeout(() => response.end(), first ? 2000 : 0);
      first = false;
    });
    const { report } = await finish(
      await start(
        document(
          server.url,
          { nodes: 1, spawnRate: 1, durationSeconds: 4.75 },
          getter({ kind: 'pacing', seconds: 0.8, onOverrun }),
        ),
        { shards: 1 },
      ),
    );
    return report;
  }

  it('skip: the slots that passed are missed sends, put down to the series', async () => {
    const report = await overrun('skip');
    expect(report.accounting).toMatchObject({ started: 4, missed: 2 });
    expect(report.series[0]).toMatchObject({ name: '/task', missed: 2 });
  });

  it('queue: every slot is sent, and response from schedule shows the stall that latency hides', async () => {
    const report = await overrun('queue');
    expect(report.accounting).toMatchObject({ started: 6, missed: 0 });
    const { median, max, responseFromSchedule } = report.total;
    expect(max).toBeGreaterThanOrEqual(2000);
    expect(median).toBeLessThan(400);
    // Slots 1 and 2 (0.8 s and 1.6 s) could begin at 2 s only.
    expect(responseFromSchedule.p90).toBeGreaterThanOrEqual(2000);
  });

  it('shift: the grid moves, nothing is missed', async () => {
    const report = await overrun('shift');
    expect(report.accounting).toMatchObject({ started: 5, missed: 0 });
  });
});

describe('the fleet', () => {
  it('runs onStart once, tasks, then onStop once for every node, with node types shared by weight and fixed count', async () => {
    const server = await serve();
    const { report, data } = await finish(
      await start(
        document(server.url, { nodes: 20, spawnRate: 40, durationSeconds: 2 }, [
          {
            name: 'sensor',
            weight: 3,
            wait: { kind: 'constant', seconds: 0.2 },
            onStart: [{ request: { path: '/hello/sensor' } }],
            tasks: [
              {
                name: 'two steps',
                steps: [{ request: { path: '/a' } }, { pause: { seconds: 0.05 } }, { request: { path: '/b' } }],
              },
            ],
            onStop: [{ request: { path: '/bye' } }],
          },
          {
            name: 'meter',
            weight: 1,
            wait: { kind: 'constant', seconds: 0.2 },
            onStart: [{ request: { path: '/hello/meter' } }],
            tasks: [],
          },
          {
            name: 'gateway',
            fixedCount: 4,
            wait: { kind: 'constant', seconds: 0.2 },
            onStart: [{ request: { path: '/hello/gateway' } }],
            tasks: [],
          },
        ]),
      ),
    );
    const count = (path: string) => server.requests.filter(({ url }) => url === path).length;
    expect([count('/hello/sensor'), count('/hello/meter'), count('/hello/gateway')]).toEqual([12, 4, 4]);
    expect(count('/bye')).toBe(12);
    expect(Math.abs(count('/a') - count('/b'))).toBeLessThanOrEqual(12);
    expect(count('/b')).toBeGreaterThan(12);
    expect(report.phases).toMatchObject({ ramp: 1, steady: 1 });
    expect(data.events.map(({ kind }) => kind)).toEqual(['spawn-done']);
  });

  it('follows stages up and down, newest nodes first', async () => {
    const server = await serve();
    const load = {
      stages: [
        { nodes: 10, rampSeconds: 1, holdSeconds: 1 },
        { nodes: 4, rampSeconds: 0.6, holdSeconds: 0.9 },
      ],
    };
    const nodeTypes: NodeTypes = [
      {
        name: 'node',
        wait: { kind: 'constant', seconds: 0.1 },
        onStart: [{ request: { path: '/start/{{node.index}}' } }],
        tasks: [{ name: 'get', steps: [{ request: { path: '/task' } }] }],
        onStop: [{ request: { path: '/stop/{{node.index}}' } }],
      },
    ];
    const run = await start(document(server.url, load, nodeTypes));
    const nodes: number[] = [];
    run.on('second', (second) => nodes.push(second.nodes));
    await finish(run);
    expect(nodes.slice(0, 3)).toEqual([10, 10, 4]);
    const stopped = server.requests.filter(({ url }) => url.startsWith('/stop/')).map(({ url }) => Number(url.slice(6)));
    expect(stopped.length).toBe(10);
    expect(stopped.slice(0, 6).sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('can be edited while it runs: more nodes, then fewer', async () => {
    const server = await serve();
    const nodeTypes: NodeTypes = [
      {
        name: 'node',
        wait: { kind: 'constant', seconds: 0.1 },
        onStart: [{ request: { path: '/start/{{node.index}}' } }],
        tasks: [{ name: 'get', steps: [{ request: { path: '/task' } }] }],
      },
    ];
    const run = await start(document(server.url, { nodes: 5, spawnRate: 100 }, nodeTypes));
    const greeted = () => server.requests.filter(({ url }) => url.startsWith('/start/')).length;
    const living: number[] = [];
    run.on('second', (second) => living.push(second.nodes));
    await until(() => greeted() === 5);
    run.edit({ nodes: 12, spawnRate: 50 });
    await until(() => greeted() === 12);
    run.edit({ nodes: 3, spawnRate: 100 });
    await until(() => living.at(-1) === 3);
    run.stop();
    expect(() => run.edit({ nodes: 5, spawnRate: 1 })).toThrow(RunRefused);
    const { data } = await finish(run);
    expect(data.run.status).toBe('stopped');
    expect(data.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['edit', 'edit', 'stop']));
    expect(greeted()).toBe(12);
  });
});

describe('stopping', () => {
  it('waits for requests in flight and runs onStop, and starts nothing new', async () => {
    const server = await serve((request, response) => {
      setTimeout(() => response.end(), request.url === '/task' ? 600 : 0);
    });
    const nodeTypes: NodeTypes = [
      {
        name: 'node',
        wait: { kind: 'constant', seconds: 0 },
        tasks: [{ name: 'get', steps: [{ request: { path: '/task' } }, { request: { path: '/second' } }] }],
        onStop: [{ request: { path: '/bye' } }],
      },
    ];
    const run = await start(document(server.url, { nodes: 6, spawnRate: 100 }, nodeTypes));
    await until(() => server.requests.length === 6);
    run.stop();
    const { report, data } = await finish(run);
    expect(data.run.status).toBe('stopped');
    expect(report.accounting).toMatchObject({ started: 12, completed: 12, aborted: 0 });
    expect(server.requests.filter(({ url }) => url === '/bye').length).toBe(6);
    expect(server.requests.filter(({ url }) => url === '/second').length).toBe(0);
  });

  it('a second stop ends at once: what is in flight is aborted, apart from failures', async () => {
    const server = await serve(() => {});
    const run = await start(document(server.url, { nodes: 6, spawnRate: 100 }, getter({ kind: 'constant', seconds: 1 })));
    await until(() => server.requests.length === 6);
    run.stop();
    run.stop();
    const { report } = await finish(run);
    expect(report.accounting).toEqual({ started: 6, completed: 0, failed: 0, aborted: 6, missed: 0 });
  });

  it('gives up after the stop timeout', async () => {
    const server = await serve(() => {});
    const run = await start(
      document(server.url, { nodes: 3, spawnRate: 100, durationSeconds: 1 }, getter({ kind: 'constant', seconds: 1 })),
      {
        stopTimeoutSeconds: 1,
      },
    );
    const { report, data } = await finish(run);
    expect(data.run.status).toBe('finished');
    expect(report.accounting).toMatchObject({ started: 3, aborted: 3, failed: 0 });
  });
});

describe('what goes wrong', () => {
  it('groups failures by method, name and error, with at most 5 samples, and goes on', async () => {
    const server = await serve((request, response) => {
      response.statusCode = request.url === '/broken' ? 503 : 200;
      response.setHeader('x-reason', 'maintenance');
      response.end(request.url === '/broken' ? 'out of order' : '{"ok":false}');
    });
    const { report } = await finish(
      await start(
        document(server.url, { nodes: 4, spawnRate: 100, durationSeconds: 1 }, [
          {
            name: 'node',
            wait: { kind: 'constant', seconds: 0.1 },
            tasks: [
              {
                name: 'both',
                steps: [
                  { request: { method: 'POST', path: '/broken', body: { kind: 'text', text: 'hello {{node.index}}' } } },
                  { request: { path: '/not-ok', expect: { bodyJson: [{ path: '$.ok', equals: true }] } } },
                ],
              },
            ],
          },
        ]),
      ),
    );
    expect(report.failures.map(({ method, name, error }) => `${method} ${name} ${error}`).sort()).toEqual([
      'GET /not-ok Expectation: body json $.ok',
      'POST /broken HTTP 503',
    ]);
    const broken = report.failures.find(({ error }) => error === 'HTTP 503');
    expect(broken?.occurrences).toBe(report.series.find(({ name }) => name === '/broken')?.failures);
    expect(broken?.occurrences).toBeGreaterThan(5);
    expect(broken?.samples.length).toBe(5);
    expect(broken?.samples[0]).toMatchObject({ status: 503, responseBody: 'out of order', nodeType: 'node', task: 'both' });
    expect(broken?.samples[0]?.requestBody).toMatch(/^hello \d$/);
    expect(broken?.samples[0]?.responseHead).toContain('x-reason: maintenance');
  });

  it('keeps apart by name what steps that are otherwise the same send, and by node type what only looks the same', async () => {
    const server = await serve((_request, response) => {
      response.statusCode = 503;
      response.end();
    });
    const step = (name: string) => ({
      request: { method: 'POST' as const, path: '/data', name, body: { kind: 'text' as const, text: '{{node.type}} {{unit}}' } },
    });
    const type = (name: string, unit: string) => ({
      name,
      variables: [{ name: 'unit', generator: { kind: 'constant' as const, value: unit } }],
      onStart: [step('first'), step('second'), step('second')],
    });
    const load = { nodes: 2, spawnRate: 100, durationSeconds: 1 };
    const { report } = await finish(await start(document(server.url, load, [type('cold', 'K'), type('warm', 'C')])));
    expect(server.requests.map(({ body }) => body).sort()).toEqual([...Array(3).fill('cold K'), ...Array(3).fill('warm C')]);
    expect(report.series.map(({ name, requests, failures }) => [name, requests, failures])).toEqual([
      ['first', 2, 2],
      ['second', 4, 4],
    ]);
    const samples = report.failures.flatMap(({ name, samples }) =>
      samples.map(({ nodeType, requestBody }) => `${name}: ${nodeType} sent ${requestBody}`),
    );
    expect(samples.sort()).toEqual([
      'first: cold sent cold K',
      'first: warm sent warm C',
      ...Array(2).fill('second: cold sent cold K'),
      ...Array(2).fill('second: warm sent warm C'),
    ]);
  });

  it('counts steps that cannot be carried out as exceptions; the node goes on', async () => {
    const server = await serve((_request, response) => response.end('{"other":1}'));
    const { report } = await finish(
      await start(
        document(server.url, { nodes: 3, spawnRate: 100, durationSeconds: 1 }, [
          {
            name: 'node',
            wait: { kind: 'constant', seconds: 0.1 },
            onStart: [{ request: { path: '/login', extract: [{ variable: 'token', jsonPath: '$.token' }] } }],
            tasks: [
              { name: 'use', weight: 1, steps: [{ request: { path: '/use/{{token}}' } }] },
              { name: 'plain', weight: 1, steps: [{ request: { path: '/plain' } }] },
            ],
          },
        ]),
      ),
    );
    expect(report.exceptions.map(({ task, step }) => `${task} ${step}`).sort()).toEqual(['onStart 0', 'use 0']);
    expect(report.exceptions.find(({ task }) => task === 'onStart')?.occurrences).toBe(3);
    expect(server.requests.some(({ url }) => url === '/plain')).toBe(true);
    expect(server.requests.some(({ url }) => url.startsWith('/use'))).toBe(false);
  });

  it('names a refused connection and a timeout, and records their time', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const silent = await serve(() => {});
    const [refused, timedOut] = await Promise.all([
      start(
        document(
          `http://127.0.0.1:${port}`,
          { nodes: 2, spawnRate: 100, durationSeconds: 1 },
          getter({ kind: 'constant', seconds: 0.2 }),
        ),
      ).then(finish),
      start(
        document(silent.url, { nodes: 2, spawnRate: 100, durationSeconds: 1 }, [
          {
            name: 'node',
            wait: { kind: 'constant', seconds: 0.2 },
            tasks: [{ name: 'get', steps: [{ request: { path: '/', timeoutMs: 200 } }] }],
          },
        ]),
      ).then(finish),
    ]);
    expect(refused.report.failures.map(({ error }) => error)).toEqual(['ConnectionRefused']);
    expect(timedOut.report.failures.map(({ error }) => error)).toEqual(['ResponseTimeout']);
    expect(timedOut.report.total.min).toBeGreaterThanOrEqual(200);
    expect(timedOut.report.accounting.failed).toBe(timedOut.report.total.failures);
  });

  it('refuses a run that cannot be carried out, with one sentence, and sends nothing', async () => {
    const server = await serve();
    const load = { nodes: 1, spawnRate: 1, durationSeconds: 1 };
    const withSecret = document(server.url, load, getter({ kind: 'constant', seconds: 1 }, '/{{secret.NODESWARM_TEST_MISSING}}'));
    await expect(start(withSecret)).rejects.toThrow('set the environment variable NODESWARM_TEST_MISSING');
    const ofEveryProcess = document(server.url, load, getter({ kind: 'constant', seconds: 1 }, '/{{secret.PATH}}'));
    await expect(start(ofEveryProcess)).rejects.toThrow('PATH is one that every process gets; give the secret another name');
    const withFile = document(
      server.url,
      load,
      getter({ kind: 'constant', seconds: 1 }, '/{{csvColumn("no-such-file.csv", "id")}}'),
    );
    await expect(start(withFile)).rejects.toThrow(/no-such-file\.csv.*no such file/);
    const withCertificate = { ...withFile, target: { baseUrl: 'https://127.0.0.1:1', tls: { caFile: 'no-ca.pem' } } };
    await expect(start({ ...withCertificate, nodeTypes: getter({ kind: 'constant', seconds: 1 }) })).rejects.toThrow(
      /no-ca\.pem/,
    );
    const many = document(server.url, { nodes: 900_000, spawnRate: 1000 }, getter({ kind: 'constant', seconds: 1 }));
    await expect(start(many)).rejects.toThrow(/^this run needs 900,000 (sockets in 2 shards|local ports)/);
    await sleep(100);
    expect(server.requests).toEqual([]);
  });
});

describe('the connection', () => {
  it('shared: a pool no larger than it says, and waiting for it is not called schedule lag', async () => {
    const server = await serve((_request, response) => setTimeout(() => response.end(), 100));
    const { report } = await finish(
      await start(
        {
          ...document(server.url, { nodes: 20, spawnRate: 1000, durationSeconds: 2 }, getter({ kind: 'constant', seconds: 0 })),
          target: { baseUrl: server.url, connection: 'shared', poolSize: 4 },
        },
        { shards: 2 },
      ),
    );
    // Four at a time, 100 ms each.
    expect(report.total.rps).toBeLessThanOrEqual(41);
    expect(report.generator.shards.every(({ openSocketsMax }) => openSocketsMax <= 2)).toBe(true);
    expect(report.generator.scheduleLagMs.p50).toBeLessThan(50);
    expect(report.total.responseFromSchedule.median).toBeGreaterThan(300);
  });

  it('keepAlive false: a new connection for each request', async () => {
    const server = await serve();
    const run = await start({
      ...document(server.url, { nodes: 2, spawnRate: 100, durationSeconds: 1 }, getter({ kind: 'constant', seconds: 0.1 })),
      target: { baseUrl: server.url, keepAlive: false },
    });
    const { data } = await finish(run);
    const totals = data.totals.select(null);
    expect(totals.connect.count).toBe(totals.requests);
    expect(server.requests.every(({ headers }) => headers.connection === 'close')).toBe(true);
  });
});
