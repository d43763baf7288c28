import { describe, expect, it } from 'vitest';
import { createCertificate } from '../support/certificates';
import { COMPLETED, expectOutcomes, type FaultCase, faultScenario } from '../support/fault-run';
import { type FRAME_FAULTS, FrameFaultServer, GREETING_FAULTS } from '../support/http2-frames';
import { finishedRun } from '../support/swarm-run';

const MEGABYTE = 1024 * 1024;
/** What fits into both sockets' buffers until the connection is given up, generously. */
const MAX_WRITTEN_BYTES = 32 * MEGABYTE;
/** More than a shard needs with all faults at once, a fraction of what the server would send it. */
const MAX_RSS_BYTES = 300 * MEGABYTE;

const RESET = 'ConnectionReset';
const TIMEOUT = 'ResponseTimeout';
const INVALID = 'MalformedResponse: invalid answer';

const FRAME_OUTCOMES: Record<keyof typeof FRAME_FAULTS, string> = {
  'endless settings': INVALID,
  'endless pings': INVALID,
  'endless priorities': INVALID,
  'endless resets': RESET,
  'endless empty data': INVALID,
  // Nothing is kept of these: time bounds them.
  'endless window': TIMEOUT,
  'endless unknown frames': INVALID,
  'endless continuations': INVALID,
  'endless empty continuations': INVALID,
  'a bomb of header fields': RESET,
  'a frame larger than allowed': INVALID,
  'a settings frame of a wrong size': INVALID,
  'an answer to a stream of its own': INVALID,
  'an answer to a stream of later': INVALID,
  'a promise nobody allowed': INVALID,
  'data before the head': INVALID,
  'header fields that no table has': INVALID,
  'a window beyond its limit': INVALID,
  'no status': RESET,
  'a status of letters': RESET,
  'a switch of protocols': RESET,
  'a field in capitals': RESET,
  'a field of the connection': RESET,
  // The field is left out.
  'a NUL in a field': COMPLETED,
  'a line break in a field': COMPLETED,
  'content-length twice, differing': RESET,
  'negative content-length': RESET,
  'an answer twice': COMPLETED,
  'a farewell before the answer': RESET,
};

const GREETING_OUTCOMES: Record<keyof typeof GREETING_FAULTS, string> = {
  'no greeting': INVALID,
  'no stream allowed': TIMEOUT,
  'no window for the body': TIMEOUT,
  'garbage for a greeting': INVALID,
  'HTTP/1.1 where HTTP/2 was agreed': INVALID,
};

const pair = createCertificate({ name: 'localhost' });

/** The server reads which fault is wanted in the body. */
function caseOf([fault, outcome]: [string, string]): FaultCase {
  return { fault, outcome, request: { method: 'POST', body: { kind: 'text', text: fault } } };
}

/** Each fault has a node that asks for it now and then, or so many of them that ask without a pause. */
function runAgainst(server: FrameFaultServer, cases: readonly FaultCase[], nodesEach?: number) {
  const target = { baseUrl: `https://127.0.0.1:${server.port}`, http: '2', tls: { insecure: true } } as const;
  const scenario = faultScenario(target, cases, nodesEach === undefined ? 1 : 2);
  if (nodesEach !== undefined) {
    scenario.load.nodes = nodesEach * cases.length;
    for (const nodeType of scenario.nodeTypes) {
      Object.assign(nodeType, { fixedCount: nodesEach, wait: { kind: 'constant', seconds: 0 } });
    }
  }
  return finishedRun(scenario, { stopTimeoutSeconds: 60 });
}

describe('A backend that breaks HTTP/2 in its frames', () => {
  it('has a name for each fault, bounded memory and closed accounting', async () => {
    const server = await FrameFaultServer.listen(await pair);
    try {
      const cases = Object.entries(FRAME_OUTCOMES).map(caseOf);
      const { report } = await runAgainst(server, cases);
      expectOutcomes(report, cases);
      for (const { fault, outcome } of cases) {
        if (outcome === TIMEOUT) continue;
        const bytesEach = (server.written.get(fault) ?? 0) / (server.requests.get(fault) ?? 1);
        expect(bytesEach, fault).toBeLessThan(MAX_WRITTEN_BYTES);
      }
      expect(Math.max(...report.generator.shards.map(({ rssBytesMax }) => rssBytesMax))).toBeLessThan(MAX_RSS_BYTES);
    } finally {
      await server.close();
    }
  });

  // Node ended the process when it collected a session before the stream whose fields nobody took.
  it('ends no shard with header fields that break the rules, however many of them come', async () => {
    const server = await FrameFaultServer.listen(await pair);
    try {
      const cases = (['no status', 'content-length twice, differing', 'a bomb of header fields'] as const).map((fault) =>
        caseOf([fault, FRAME_OUTCOMES[fault]]),
      );
      const { report } = await runAgainst(server, cases, 40);
      expectOutcomes(report, cases);
    } finally {
      await server.close();
    }
  });

  it.concurrent.each(Object.entries(GREETING_OUTCOMES))('%s', async (fault, outcome) => {
    const server = await FrameFaultServer.listen(await pair, GREETING_FAULTS[fault as keyof typeof GREETING_FAULTS]);
    try {
      const cases = [caseOf([fault, outcome])];
      const { report } = await runAgainst(server, cases);
      expectOutcomes(report, cases);
    } finally {
      await server.close();
    }
  });
});
