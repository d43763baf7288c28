import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { FaultServer, type HTTP1_FAULTS, HUGE_BODY_BYTES, SOCKET_BUFFER_BYTES, TINY_CHUNKS } from '../support/backend-faults';
import { createCertificate } from '../support/certificates';
import { COMPLETED, expectOutcomes, type FaultCase, faultScenario } from '../support/fault-run';
import { type HTTP2_FAULTS, Http2FaultServer } from '../support/http2-faults';
import { ProxyServer } from '../support/proxy-server';
import { type FinishedRun, finishedRun } from '../support/swarm-run';

const MEGABYTE = 1024 * 1024;
/** Of the target in these runs. */
const MAX_BODY_BYTES = MEGABYTE;
const MAX_HEADER_BYTES = 16_384;
/** More than a shard needs with all faults at once, a fraction of what the backend would send it. */
const MAX_RSS_BYTES = 400 * MEGABYTE;

const RESET = 'ConnectionReset';
const TIMEOUT = 'ResponseTimeout';
const malformed = (why: string) => `MalformedResponse: ${why}`;
const HEAD_TOO_LARGE = malformed('head too large');
const BODY_TOO_LARGE = malformed('body too large');
const INVALID = malformed('invalid answer');
const WRONG_LENGTH = malformed('body length differs from content-length');
const CODING = malformed('content encoding');

const looksAtBody = { expect: { bodyContains: 'ok' } };
const followsRedirects = { followRedirects: 5 };

/** What has to come of each fault with the wire client, with undici's where that one says it otherwise, and what is asked for. */
const HTTP1_OUTCOMES: Record<
  Exclude<keyof typeof HTTP1_FAULTS, 'a huge body' | 'a body in chunks of one byte'>,
  [wire: string, undici?: string, request?: FaultCase['request']]
> = {
  'reset before the answer': [RESET],
  'reset in mid-head': [RESET],
  'reset in mid-body': [RESET],
  'closed before the answer': [RESET],
  'closed in mid-head': [RESET],
  'closed in mid-body': [RESET],
  'closed in mid-chunk': [RESET],
  'never answers': [TIMEOUT],
  'one byte a second': [TIMEOUT],
  'endless body': [BODY_TOO_LARGE],
  'endless chunks': [BODY_TOO_LARGE],
  'endless header fields': [HEAD_TOO_LARGE],
  'endless header field': [HEAD_TOO_LARGE],
  // undici keeps nothing of these and so need not bound them: time does.
  'endless reason': [HEAD_TOO_LARGE, TIMEOUT],
  'endless blank lines': [HEAD_TOO_LARGE, TIMEOUT],
  'endless chunk extension': [HEAD_TOO_LARGE, TIMEOUT],
  'endless trailers': [HEAD_TOO_LARGE],
  'endless interim answers': [malformed('too many interim answers')],
  'a gigabyte of content-length': [BODY_TOO_LARGE],
  'content-length beyond 64 bits': [malformed('invalid content-length'), WRONG_LENGTH],
  'negative content-length': [malformed('invalid content-length'), INVALID],
  'content-length of letters': [malformed('invalid content-length'), INVALID],
  'content-length twice, differing': [malformed('content-length given twice'), WRONG_LENGTH],
  'content-length twice, the same': [malformed('content-length given twice'), WRONG_LENGTH],
  'content-length before transfer-encoding': [malformed('content-length with transfer-encoding'), WRONG_LENGTH],
  'transfer-encoding before content-length': [malformed('content-length with transfer-encoding'), INVALID],
  'chunk size of letters': [malformed('invalid chunk size'), INVALID],
  'negative chunk size': [malformed('invalid chunk size'), INVALID],
  'chunk size beyond 64 bits': [malformed('invalid chunk size'), INVALID],
  'chunk longer than its size': [malformed('chunk longer than its size'), INVALID],
  'bare line feeds': [malformed('invalid status line'), INVALID],
  'a NUL in the head': [malformed('invalid header field'), INVALID],
  'a NUL in the status line': [malformed('invalid status line'), INVALID],
  'NUL bytes in the body': [COMPLETED],
  'a folded header field': [malformed('invalid header field'), INVALID],
  'another protocol': [malformed('invalid status line'), INVALID],
  'an upgrade nobody asked for': [malformed('unexpected protocol upgrade')],
  'two answers to one request': [COMPLETED],
  'two answers, the second later': [COMPLETED],
  'closes after each answer': [COMPLETED],
  'closes after each answer, and says so': [COMPLETED],
  'a redirect loop': ['TooManyRedirects', undefined, followsRedirects],
  'a redirect to no URL': [malformed('bad location'), undefined, followsRedirects],
  'a compressed bomb': [CODING, undefined, looksAtBody],
  'a compressed bomb that nobody reads': [COMPLETED],
  'a compressed bomb in a failure': ['HTTP 500'],
  'compressed a thousand times': [CODING, undefined, looksAtBody],
  'compressed, but is not': [CODING, undefined, looksAtBody],
  'JSON of half a million levels': [
    'Expectation: body json $..x',
    undefined,
    { expect: { bodyJson: [{ path: '$..x', equals: 1 }] } },
  ],
};

const HTTP2_OUTCOMES: Record<keyof typeof HTTP2_FAULTS, [outcome: string, request?: FaultCase['request']]> = {
  'stream reset before the answer': [RESET],
  'stream reset in mid-body': [RESET],
  'connection closed before the answer': [RESET],
  'connection closed in mid-body': [RESET],
  'goes away without an answer': [RESET],
  'never answers': [TIMEOUT],
  'one byte a second': [TIMEOUT],
  'endless body': [BODY_TOO_LARGE],
  'a gigabyte of content-length': [BODY_TOO_LARGE],
  'a head larger than allowed': [HEAD_TOO_LARGE],
  'body shorter than its content-length': [RESET],
  'body longer than its content-length': [RESET],
  'endless interim answers': [malformed('too many interim answers')],
  'a redirect loop': ['TooManyRedirects', followsRedirects],
  'a compressed bomb': [CODING, looksAtBody],
  'goes away after each answer': [COMPLETED],
};

const LIMITS = { maxBodyBytes: MAX_BODY_BYTES, maxHeaderBytes: MAX_HEADER_BYTES };

/** Largest memory of the shard, as it reported it once a second. Bytes. */
function largestRss({ report }: FinishedRun): number {
  return Math.max(...report.generator.shards.map(({ rssBytesMax }) => rssBytesMax));
}

/** A backend may go on writing until the client has seen that it is too much, not until it is tired. */
function expectBounded(server: FaultServer | Http2FaultServer, cases: readonly FaultCase[]): void {
  for (const { fault, outcome } of cases) {
    if (outcome === TIMEOUT) continue;
    const bytesEach = (server.written.get(fault) ?? 0) / (server.requests.get(fault) ?? 1);
    expect(bytesEach, fault).toBeLessThan(MAX_BODY_BYTES + SOCKET_BUFFER_BYTES);
  }
}

describe.each([
  { client: 'wire', secure: false },
  { client: 'wire', secure: true },
  { client: 'undici', secure: false },
  { client: 'undici', secure: true },
] as const)('A backend that fails, over HTTP/1.1 and the $client client, TLS: $secure', ({ client, secure }) => {
  let server: FaultServer;
  let proxy: ProxyServer | null = null;
  let target: ScenarioDocument['target'];

  beforeAll(async () => {
    server = await FaultServer.listen(secure ? await createCertificate({ name: 'localhost' }) : undefined);
    const baseUrl = `${secure ? 'https' : 'http'}://127.0.0.1:${server.port}`;
    target = { baseUrl, tls: { insecure: true } };
    if (client === 'wire') return;
    // undici speaks HTTP/1.1 with proxies only: one opens a tunnel to where there is TLS, else the backend plays it.
    proxy = secure ? await ProxyServer.listen() : null;
    if (proxy) target.proxy = `http://127.0.0.1:${proxy.port}`;
    else target = { baseUrl: 'http://127.0.0.1', proxy: baseUrl };
  });
  afterAll(async () => {
    await server.close();
    await proxy?.close();
  });

  it('has a name for each fault, bounded memory and closed accounting', async () => {
    const cases = Object.entries(HTTP1_OUTCOMES).map(([fault, [wire, undici, request]]): FaultCase => {
      const outcome = client === 'wire' ? wire : (undici ?? wire);
      return request ? { fault, outcome, request } : { fault, outcome };
    });
    const run = await finishedRun(faultScenario({ ...target, ...LIMITS }, cases), { stopTimeoutSeconds: 60 });
    expectOutcomes(run.report, cases);
    expectBounded(server, cases);
    expect(largestRss(run)).toBeLessThan(MAX_RSS_BYTES);
  });

  it('may send what is large, or small half a million times, without the generator keeping it', async () => {
    const cases: FaultCase[] = [
      { fault: 'a huge body', outcome: COMPLETED },
      // Looked at, and so kept.
      { fault: 'a body in chunks of one byte', outcome: COMPLETED, request: { expect: { bodyContains: 'xxx' } } },
    ];
    const run = await finishedRun(
      {
        ...faultScenario({ ...target, maxBodyBytes: 2 * HUGE_BODY_BYTES }, cases),
        nodeTypes: cases.map(({ fault, request }) => ({
          name: fault,
          fixedCount: 1,
          onStart: [{ request: { path: `/${encodeURIComponent(fault)}`, name: fault, ...request } }],
        })),
      },
      { stopTimeoutSeconds: 60 },
    );
    expectOutcomes(run.report, cases);
    expect(run.report.series.map(({ averageBytes }) => averageBytes)).toEqual([HUGE_BODY_BYTES, TINY_CHUNKS]);
    expect(largestRss(run)).toBeLessThan(HUGE_BODY_BYTES);
  });
});

describe.each([false, true])('A backend that fails, over HTTP/2, behind a proxy: %s', (behindProxy) => {
  it('has a name for each fault, bounded memory and closed accounting', async () => {
    const proxy = behindProxy ? await ProxyServer.listen() : null;
    const server = await Http2FaultServer.listen(await createCertificate({ name: 'localhost' }));
    try {
      const cases = Object.entries(HTTP2_OUTCOMES).map(
        ([fault, [outcome, request]]): FaultCase => (request ? { fault, outcome, request } : { fault, outcome }),
      );
      const target: ScenarioDocument['target'] = {
        baseUrl: `https://127.0.0.1:${server.port}`,
        http: '2',
        tls: { insecure: true },
        ...(proxy ? { proxy: `http://127.0.0.1:${proxy.port}` } : {}),
        ...LIMITS,
      };
      const run = await finishedRun(faultScenario(target, cases), { stopTimeoutSeconds: 60 });
      expectOutcomes(run.report, cases);
      expectBounded(server, cases);
      expect(largestRss(run)).toBeLessThan(MAX_RSS_BYTES);
    } finally {
      await server.close();
      await proxy?.close();
    }
  });
});
