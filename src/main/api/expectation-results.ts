import type { SendOnceStep } from '../../shared/api/types';
import type { Expect } from '../../shared/scenario/schema';
import {
  checkLatency,
  compileContentChecks,
  compileStatusExpectation,
  unexpectedStatus,
  type Violation,
} from '../swarm/transport/http/expectation';
import type { HttpExchange } from '../swarm/transport/http/http-exchange';
import { ContentError, ResponseContent } from '../swarm/transport/http/response-content';
import type { SecretMask } from '../swarm/transport/http/secret-mask';

type Result = SendOnceStep['expectations'][number];

/** Bytes of a decompressed body that expectations look at here. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Every expectation of a request with its outcome, where a run stops at the first that is not met; judged by the engine's own checks. The
 * answer must have been kept (`capture`).
 */
export function expectationResults(expect: Expect, exchange: HttpExchange, mask: SecretMask): Result[] {
  const content = new ResponseContent(exchange.responseHead, exchange.responseBody, MAX_BODY_BYTES);
  // One at a time, so that each has its own outcome.
  const single: [what: string, part: Expect][] = [
    ...(expect.headers ?? []).map((header): [string, Expect] => [headerText(header), { headers: [header] }]),
    ...(expect.bodyContains === undefined
      ? []
      : ([[`body contains "${expect.bodyContains}"`, { bodyContains: expect.bodyContains }]] as [string, Expect][])),
    ...(expect.bodyJson ?? []).map((json): [string, Expect] => [
      `${json.path} is ${JSON.stringify(json.equals)}`,
      { bodyJson: [json] },
    ]),
  ];
  const judges: [what: string, judge: () => Violation | null][] = [
    [
      `status ${expect.status?.join(' or ') ?? '2xx or 3xx'}`,
      () => (compileStatusExpectation(expect.status)(exchange.status) ? null : unexpectedStatus(exchange.status, expect.status)),
    ],
    ...single.map(([what, part]): [string, () => Violation | null] => [
      what,
      () => {
        const [check] = compileContentChecks(part, mask);
        return check ? check(content) : null;
      },
    ]),
  ];
  if (expect.maxLatencyMs !== undefined) {
    const { maxLatencyMs } = expect;
    judges.push([`latency at most ${maxLatencyMs} ms`, () => checkLatency(exchange, maxLatencyMs * 1000)]);
  }
  const hasAnswer = exchange.status !== 0 && exchange.error === null;
  return judges.map(([what, judge]) => {
    const detail = hasAnswer ? judged(judge) : 'There is no answer to check.';
    return { what: mask.maskSecrets(what), met: detail === '', detail: mask.maskSecrets(detail) };
  });
}

/** What was wrong; empty when nothing was. */
function judged(judge: () => Violation | null): string {
  try {
    return judge()?.detail ?? '';
  } catch (error) {
    if (error instanceof ContentError) return error.message;
    throw error;
  }
}

function headerText({ name, equals, contains }: NonNullable<Expect['headers']>[number]): string {
  const wanted = [
    equals === undefined ? null : `is "${equals}"`,
    contains === undefined ? null : `contains "${contains}"`,
  ].filter((part) => part !== null);
  return `header ${name} ${wanted.join(' and ') || 'is present'}`;
}
