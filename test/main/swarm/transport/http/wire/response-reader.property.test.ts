import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../../../../src/main/swarm/random';
import type { HttpExchange } from '../../../../../../src/main/swarm/transport/http/http-exchange';
import { KnownHead } from '../../../../../../src/main/swarm/transport/http/wire/known-head';
import { ResponseReader } from '../../../../../../src/main/swarm/transport/http/wire/response-reader';
import { RawServer, writePieces } from '../../../../../support/raw-server';
import { cutAtRandom, type ResponseCase, responseCase } from '../../../../../support/response-corpus';
import { exchangeFor, PLAIN_OPTIONS, sendOn, WaitingOwner, WireFixture } from './wire-fixture';

const SEED = 20261123;
const CASES = 10_000;
/** As with sockets: one buffer for all. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);
const { maxBodyBytes } = PLAIN_OPTIONS;
/** Cases under way at a time. */
const LANES = 24;
const MAX_HEADER_BYTES = 16_384;

/** What a client made of an answer. */
type Outcome = { error: true } | { error: false; status: number; headers: string[]; body: string };

/**
 * Where wire and undici knowingly differ, told by the bytes of the answer. Everything else must be the same.
 */
function knownDifference(bytes: string): string | null {
  if (/(^|\n)HTTP\/\d\.\d 100[ \r]/.test(bytes)) {
    return 'undici fails on 100 Continue, which any server may send (RFC 9110, section 15.2)';
  }
  if (/\ncontent-length:[ \t]*\d+[ \t]+\r/i.test(bytes)) {
    return 'undici reckons the whitespace behind a content-length as digits; it is optional whitespace (RFC 9110, section 5.5)';
  }
  if (/\ntransfer-encoding:[^\r\n]*\t[^\r\n]*\r/i.test(bytes)) {
    return 'llhttp does not take a tab for optional whitespace in transfer-encoding';
  }
  return null;
}

const corpus = Array.from({ length: CASES }, (_, index) => responseCase(SEED, index));

describe('wire and undici', () => {
  let server: RawServer;
  let undici: Outcome[];

  beforeAll(async () => {
    server = await RawServer.listen((request, socket) => {
      const index = Number(request.path.slice(1));
      const bytes = Buffer.from(corpus[index]?.bytes ?? '', 'latin1');
      writePieces(socket, cutAtRandom(bytes, new Random(SEED, index, 'tasks'), 40), true);
    });
    undici = await forAllCases(() => {
      const client = new Client(`http://127.0.0.1:${server.port}`, { pipelining: 0, maxHeaderSize: MAX_HEADER_BYTES });
      return { perform: (each) => askUndici(client, each), finish: () => client.destroy() };
    });
  });

  afterAll(() => server.close());

  it(`make the same of ${CASES} answers, cut at random, over sockets`, async () => {
    const wire = await forAllCases(() => {
      const fixture = new WireFixture({ maxHeaderBytes: MAX_HEADER_BYTES, keepAlive: false });
      const channel = fixture.client.openChannel();
      return {
        perform: async ({ index, method }) => outcomeOf(await sendOn(channel, { ...request(index, method), port: server.port })),
        finish: async () => fixture.destroy(),
      };
    });
    expectSame(wire, undici);
  });

  it(`make the same of ${CASES} answers, cut otherwise, when the reader is fed directly`, () => {
    const knownHead = new KnownHead(readBuffer, maxBodyBytes);
    const direct = corpus.map((each) => readDirectly(each, knownHead));
    expectSame(direct, undici);
  });

  it(`make the same of ${CASES} answers that come twice, when the reader knows the head of the second`, () => {
    const again = corpus.map((each) => {
      const knownHead = new KnownHead(readBuffer, maxBodyBytes);
      readDirectly(each, knownHead, 1);
      return readDirectly(each, knownHead, 1);
    });
    expectSame(again, undici);
  });

  it('make the same of answers that need no reader because their head is known', () => {
    let taken = 0;
    for (const { index, method, bytes } of corpus) {
      const knownHead = new KnownHead(readBuffer, maxBodyBytes);
      const reader = new ResponseReader({ ...PLAIN_OPTIONS, maxHeaderBytes: MAX_HEADER_BYTES }, knownHead);
      const [read, known] = [0, 1].map(() => exchangeFor({ port: 0, path: `/${index}`, method }, new WaitingOwner()));
      const length = readBuffer.write(bytes, 'latin1');
      reader.begin();
      const over = reader.read(read as HttpExchange, readBuffer, length);
      if (!knownHead.takeAnswer(known as HttpExchange, length)) continue;
      taken++;
      expect({ over, keepsConnection: reader.keepsConnection, why: reader.why }).toEqual({
        over: true,
        keepsConnection: true,
        why: null,
      });
      expect(known).toMatchObject({ status: read?.status, bodyBytes: read?.bodyBytes, responseHead: '', responseBody: null });
      expect([read?.responseHead, read?.responseBody]).toEqual(['', null]);
    }
    expect(taken).toBeGreaterThan(100);
  });

  it('are tried on good and bad answers alike', () => {
    const failed = undici.filter(({ error }) => error).length;
    expect(failed).toBeGreaterThan(CASES / 5);
    expect(failed).toBeLessThan((CASES * 4) / 5);
  });
});

function expectSame(wire: Outcome[], undici: Outcome[]): void {
  const differing: string[] = [];
  const excused = new Map<string, number>();
  for (const { index, method, bytes } of corpus) {
    if (JSON.stringify(wire[index]) === JSON.stringify(undici[index])) continue;
    const reason = knownDifference(bytes);
    if (reason) excused.set(reason, (excused.get(reason) ?? 0) + 1);
    else differing.push(JSON.stringify({ index, method, bytes, wire: wire[index], undici: undici[index] }));
  }
  expect(differing.slice(0, 10)).toEqual([]);
  const excuses = [...excused.values()].reduce((sum, count) => sum + count, 0);
  expect(excuses).toBeLessThan(CASES / 10);
}

interface Lane {
  perform(each: ResponseCase): Promise<Outcome>;
  finish(): Promise<void>;
}

/** Tries every case once, in several lanes at a time. */
async function forAllCases(openLane: () => Lane): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const cases = corpus.values();
  const run = async () => {
    const lane = openLane();
    // All lanes draw from the same iterator.
    for (const each of cases) outcomes[each.index] = await lane.perform(each);
    await lane.finish();
  };
  await Promise.all(Array.from({ length: LANES }, run));
  return outcomes;
}

function request(index: number, method: string) {
  return { path: `/${index}`, method, body: method === 'POST' ? 'body' : null, capture: true };
}

function askUndici(client: Client, { index, method }: ResponseCase): Promise<Outcome> {
  const { path, body } = request(index, method);
  return new Promise((resolve) => {
    let outcome = { error: false as const, status: 0, headers: [] as string[], body: '' };
    client.dispatch(
      { path, method: method as 'GET', body },
      {
        onRequestStart: () => {},
        onResponseStart(controller, status) {
          const raw = (controller.rawHeaders ?? []) as Buffer[];
          const headers = raw.flatMap((name, i) => (i % 2 === 0 ? [`${latin1(name)}: ${trimmed(latin1(raw[i + 1]))}`] : []));
          outcome = { error: false, status, headers, body: '' };
        },
        onResponseData(_controller, chunk) {
          outcome.body += latin1(chunk);
        },
        onResponseEnd: () => resolve(outcome),
        onResponseError: () => resolve({ error: true }),
      },
    );
  });
}

function readDirectly({ index, method, bytes }: ResponseCase, knownHead: KnownHead, maxPieces = 5_000): Outcome {
  const exchange = exchangeFor({ port: 0, ...request(index, method) }, new WaitingOwner());
  const reader = new ResponseReader({ ...PLAIN_OPTIONS, maxHeaderBytes: MAX_HEADER_BYTES }, knownHead);
  reader.begin();
  let over = false;
  for (const piece of cutAtRandom(Buffer.from(bytes, 'latin1'), new Random(SEED, index, 'waits'), maxPieces)) {
    // What was read before is overwritten.
    readBuffer.fill(0xff, 0, 4096);
    piece.copy(readBuffer);
    over = reader.read(exchange, readBuffer, piece.length);
    if (over) break;
  }
  if (!over && !reader.end(exchange)) return { error: true };
  return reader.why === null ? outcomeOf(exchange) : { error: true };
}

function outcomeOf(exchange: HttpExchange): Outcome {
  if (exchange.error !== null) return { error: true };
  const headers = exchange.responseHead.split('\r\n').slice(1);
  const named = headers.map((line) => `${line.slice(0, line.indexOf(':'))}: ${trimmed(line.slice(line.indexOf(':') + 1))}`);
  return { error: false, status: exchange.status, headers: named, body: latin1(exchange.responseBody ?? undefined) };
}

/** Without the optional whitespace around a value; undici leaves what is behind it. */
function trimmed(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}

function latin1(bytes: Buffer | undefined): string {
  return bytes?.toString('latin1') ?? '';
}
