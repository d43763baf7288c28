import { afterEach, describe, expect, it } from 'vitest';
import { RunClock } from '../../../../../src/main/swarm/clock';
import { TimerWheel } from '../../../../../src/main/swarm/schedule/timer-wheel';
import { SparePools } from '../../../../../src/main/swarm/spare-pools';
import { TaskException } from '../../../../../src/main/swarm/template/task-exception';
import { HttpExchange } from '../../../../../src/main/swarm/transport/http/http-exchange';
import { compileHttpRequest } from '../../../../../src/main/swarm/transport/http/http-request';
import { SecretMask } from '../../../../../src/main/swarm/transport/http/secret-mask';
import { RequestText } from '../../../../../src/main/swarm/transport/http/wire/request-text';
import {
  nodeTypeSchema,
  type RequestStep,
  type Scalar,
  targetSchema,
  type Variable,
} from '../../../../../src/shared/scenario/schema';
import { okResponse, RawServer } from '../../../../support/raw-server';
import { programOf } from '../../template/program-fixture';
import { HttpRig, type RequestInput } from './http-rig';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function listen(...parameters: Parameters<typeof RawServer.listen>): Promise<RawServer> {
  const server = await RawServer.listen(...parameters);
  open.push(server);
  return server;
}

function rigTo(server: RawServer, more: { requests?: RequestInput[]; variables?: Variable[] } = {}): HttpRig {
  const rig = new HttpRig({ ...more, target: { baseUrl: `http://127.0.0.1:${server.port}` } });
  open.push(rig);
  return rig;
}

const counter = (name: string, start: number, step: number): Variable => ({
  name,
  generator: { kind: 'counter', start, step },
  refresh: 'use',
});
const sequence = (name: string, values: Scalar[]): Variable => ({
  name,
  generator: { kind: 'sequence', values, whenExhausted: 'repeat' },
  refresh: 'use',
});
/** Pools that let go of nothing: their wheel does not turn. */
const spares = () => new SparePools(new TimerWheel(new RunClock()));
const json = (text: string): RequestInput => ({ method: 'POST', path: '/data', body: { kind: 'json', text } });

/** Texts of the lengths at which something changes: digits of content-length, room in the buffer, what is kept of it. */
const LENGTHS = [0, 1, 8, 9, 10, 98, 99, 100, 101, 12, 300, 999, 1000, 5, 9_999, 10_000, 30_000, 100_000, 3];

const REQUESTS: [string, RequestInput][] = [
  ['GET, always the same', { path: '/status' }],
  ['DELETE of a path with the node', { method: 'DELETE', path: '/nodes/{{node.index}}/{{turn}}', query: { at: '{{reading}}' } }],
  ['POST without a body', { method: 'POST', path: '/ping/{{turn}}' }],
  ['POST, always the same', json('{"t":"ü"}')],
  [
    'JSON of numbers',
    json('{"node":{{node.index}},"t":{{randomInteger(-100,1000)}},"h":{{randomNumber(-1,1,3)}},"all":{{reading}}}'),
  ],
  ['JSON of texts', json('{"n":{{word}},"in":"{{word}} {{turn}}","id":"{{uuid()}}"}')],
  ['a text of many lengths', { method: 'PUT', path: '/ü', body: { kind: 'text', text: '{{long}}' } }],
  ['a form', { method: 'POST', path: '/', body: { kind: 'form', fields: { 'a b': '{{word}}', c: 'ß{{reading}}' } } }],
  [
    'bytes',
    { method: 'POST', path: '/{{turn}}', body: { kind: 'base64', data: Buffer.from([0, 128, 255, 10]).toString('base64') } },
  ],
  [
    'headers with values',
    { ...json('{{turn}}'), headers: { 'X-Word': 'ä {{word}}', 'x-turn': '{{turn}}', Accept: '{{reading}}' } },
  ],
];

describe('a request as bytes', () => {
  it.each(REQUESTS)('is what its texts are: %s', (_what, request) => {
    const variables: Variable[] = [
      counter('turn', 95, 1),
      counter('reading', -3.75, 0.875),
      sequence('word', ['plain', 'Größe "1"', '\u{1F321} 20 °C', '\ud800', true, null]),
      sequence(
        'long',
        LENGTHS.map((length) => 'x'.repeat(length)),
      ),
    ];
    const program = programOf({ variables });
    const target = targetSchema.parse({
      baseUrl: 'http://127.0.0.1/api',
      auth: { kind: 'basic', username: 'n{{node.index}}', password: 'ü' },
    });
    const context = { target, program, mask: new SecretMask([]) };
    const step = stepOf(request);
    const asTexts = compileHttpRequest(step, { ...context, buffers: null });
    const asBytes = compileHttpRequest(step, { ...context, buffers: spares() });
    const text = new RequestText(true);
    const [textExchange, first, second] = [0, 1, 2].map(() => new HttpExchange({ exchangeDone: () => {} })) as [
      HttpExchange,
      HttpExchange,
      HttpExchange,
    ];
    const [textScope, byteScope] = [program.createScope(7), program.createScope(7)];
    for (const scope of [textScope, byteScope]) scope.beginTask(0);
    for (let turn = 0; turn < 2 * LENGTHS.length; turn++) {
      // Two nodes in turn, one of which waits every now and then.
      const exchange = turn % 3 === 0 ? first : second;
      const other = exchange === first ? second : first;
      const before = other.bytes?.texts();
      asTexts.prepare(textExchange, textScope);
      asBytes.prepare(exchange, byteScope);
      const wanted = text.of(textExchange);
      expect(exchange.bytes?.buffer.toString('latin1', 0, exchange.bytes.length)).toBe(wanted);
      const head = wanted.slice(0, wanted.indexOf('\r\n\r\n') + 2);
      expect(exchange.bytes?.texts()).toEqual({ head, body: wanted.slice(head.length + 2) });
      expect(asBytes.describe(exchange)).toEqual(asTexts.describe(textExchange));
      expect(other.bytes?.texts()).toEqual(before);
      if (turn % 5 === 0) first.release();
    }
  });

  it('is one for all nodes where it is always the same', () => {
    const rig = new HttpRig({ target: { baseUrl: 'http://127.0.0.1:1' } });
    open.push(rig);
    const compiled = rig.compile(json('{}'));
    const [one, other] = [rig.openNode(0).exchange, rig.openNode(1).exchange];
    compiled.prepare(one, rig.program.createScope(0));
    compiled.prepare(other, rig.program.createScope(1));
    expect(one.bytes).toBe(other.bytes);
  });

  it('is left as it was by one that cannot be built', () => {
    const program = programOf(extractingLate());
    const target = targetSchema.parse({ baseUrl: 'http://127.0.0.1' });
    const compile = (request: RequestInput) =>
      compileHttpRequest(stepOf(request), { target, program, mask: new SecretMask([]), buffers: spares() });
    const good = compile(json('{{node.index}}'));
    const bad = compile(json('{"a":1,"b":{{late}}}'));
    const exchange = new HttpExchange({ exchangeDone: () => {} });
    const scope = program.createScope(3);
    good.prepare(exchange, scope);
    for (let i = 0; i < 2; i++) expect(() => bad.prepare(exchange, scope)).toThrow(TaskException);
    expect(exchange.bytes?.texts().body).toBe('3');
    scope.set(program.variableSlot('late'), 'now');
    bad.prepare(exchange, scope);
    expect(exchange.bytes?.texts().body).toBe('{"a":1,"b":"now"}');
    expect(exchange.bytes?.texts().head).toMatch(/content-length: 17\r\n$/);
  });
});

describe('over a socket, a request as bytes', () => {
  it('arrives as it was written, one after the other, large ones too', async () => {
    const server = await listen((_request, socket) => socket.write(okResponse()));
    const texts = [1, 20_000, 2, 3_000_000, 700, 70_000].map((length, index) => `${index}:${'ü'.repeat(length)}`);
    const rig = rigTo(server, { variables: [sequence('long', texts)] });
    const compiled = rig.compile({ method: 'POST', path: '/', body: { kind: 'text', text: '{{long}}' } });
    const node = rig.openNode();
    for (let i = 0; i < texts.length; i++) expect((await node.send(compiled)).exchange.error).toBe(null);
    expect(server.requests.map(({ body }) => body.toString('utf8')).map((body, index) => body === texts[index])).toEqual(
      texts.map(() => true),
    );
  });

  it('arrives whole at a server that reads late, whatever its node is given meanwhile', async () => {
    const server = await listen((_request, socket) => socket.write(okResponse()));
    const bodies = ['x', 'y'].map((letter) => letter.repeat(10_000_000));
    const rig = rigTo(server, { variables: [sequence('long', bodies)] });
    const compiled = rig.compile({ method: 'POST', path: '/', body: { kind: 'text', text: '{{long}}' } });
    const [node, other] = [rig.openNode(), rig.openNode(1)];
    const sent = node.send(compiled);
    await expect.poll(() => server.sockets.size).toBe(1);
    const [socket] = server.sockets;
    socket?.pause();
    const lent = node.exchange.bytes;
    await expect.poll(() => lent?.form).toBe(null);
    const scope = rig.program.createScope(1);
    compiled.prepare(other.exchange, scope);
    // Its second value, into the exchange whose bytes are on their way.
    compiled.prepare(node.exchange, scope);
    expect(node.exchange.bytes).not.toBe(lent);
    expect(node.exchange.bytes?.texts().body[0]).toBe('y');
    socket?.resume();
    await sent;
    expect(server.requests.map(({ body }) => body.toString('latin1') === bodies[0])).toEqual([true]);
  });

  it.each(['FIN', 'RST'])('is sent again as it was when the server closes the kept connection (%s)', async (how) => {
    const server = await listen((request, socket) => {
      if (request.connection > 0 || request.index === 0) socket.write(okResponse());
      else if (how === 'FIN') socket.end();
      else socket.resetAndDestroy();
    });
    const rig = rigTo(server, { variables: [counter('turn', 1, 1)] });
    const compiled = rig.compile(json('{"turn":{{turn}}}'));
    const node = rig.openNode();
    for (let i = 0; i < 2; i++) expect((await node.send(compiled)).exchange.error).toBe(null);
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['{"turn":1}', '{"turn":2}', '{"turn":2}']);
  });

  it('is shown in a sample as the node sent it, whatever others sent since', async () => {
    const waiting: (() => void)[] = [];
    const server = await listen((_request, socket) => {
      waiting.push(() => socket.write('HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n'));
      if (waiting.length === 3) for (const answer of waiting) answer();
    });
    const rig = rigTo(server);
    const compiled = rig.compile({ ...json('{"node":{{node.index}}}'), path: '/nodes/{{node.index}}' });
    const sent = await Promise.all([5, 6, 7].map((index) => rig.openNode(index).send(compiled)));
    const shown = sent.map(({ exchange }) => compiled.describe(exchange));
    expect(shown.map(({ requestBody }) => requestBody)).toEqual(['{"node":5}', '{"node":6}', '{"node":7}']);
    shown.forEach(({ requestHead }, index) => {
      expect(requestHead).toMatch(new RegExp(`^POST /nodes/${index + 5} HTTP/1\\.1\r\nhost: .*\r\ncontent-length: 10$`, 's'));
    });
  });

  it('goes with requests that follow redirects, which are texts, over one channel', async () => {
    const server = await listen(({ path }, socket) =>
      socket.write(path === '/old' ? 'HTTP/1.1 307 Moved\r\nlocation: /new\r\ncontent-length: 0\r\n\r\n' : okResponse()),
    );
    const following: RequestInput = { ...json('{"f":{{node.index}}}'), path: '/old', followRedirects: true };
    const rig = rigTo(server, { requests: [following] });
    const [plain, redirected] = [rig.compile(json('{"p":{{node.index}}}')), rig.compile(following)];
    const node = rig.openNode(4);
    for (const compiled of [plain, redirected, plain]) expect((await node.send(compiled)).exchange.error).toBe(null);
    expect(server.requests.map(({ path, body }) => `${path} ${body}`)).toEqual([
      '/data {"p":4}',
      '/old {"f":4}',
      '/new {"f":4}',
      '/data {"p":4}',
    ]);
  });
});

/** A node type with a variable that has no value before it is set. */
function extractingLate(): object {
  return {
    variables: [{ name: 'x', generator: { kind: 'uuid' } }],
    tasks: [{ name: 't', steps: [{ request: { path: '/', extract: [{ variable: 'late', jsonPath: '$' }] } }] }],
  };
}

function stepOf(request: RequestInput): RequestStep {
  return nodeTypeSchema.parse({ name: 'node', onStart: [{ request }] }).onStart[0]?.request as RequestStep;
}
