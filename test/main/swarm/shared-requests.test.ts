import { afterEach, describe, expect, it } from 'vitest';
import { SharedRequests } from '../../../src/main/swarm/shared-requests';
import type { Scope } from '../../../src/main/swarm/template/scope';
import { HttpExchange } from '../../../src/main/swarm/transport/http/http-exchange';
import { requestSchema, type Variable } from '../../../src/shared/scenario/schema';
import { HttpRig, type RequestInput } from './transport/http/http-rig';

const rigs: HttpRig[] = [];
afterEach(() => {
  for (const rig of rigs.splice(0)) rig.close();
});

/** The requests of one node type, and what a node of it sends. */
function nodeType(variables: Variable[] = []) {
  const rig = new HttpRig({ target: { baseUrl: 'http://127.0.0.1:1' }, variables });
  rigs.push(rig);
  const requests = new SharedRequests(rig.program, (step) => rig.transport.compileRequest(step, rig.program));
  const compiled = (request: RequestInput) => requests.compiled(requestSchema.parse(request));
  const createScope = (node: number): Scope => {
    const scope = rig.program.createScope(node);
    scope.beginTask(0);
    return scope;
  };
  const send = (exchange: HttpExchange, request: ReturnType<typeof compiled>, scope: Scope): string => {
    request.prepare(exchange, scope);
    return exchange.bytes?.texts().body ?? '';
  };
  return { compiled, createScope, send };
}

const newExchange = () => new HttpExchange({ exchangeDone: () => {} });
const post = (name: string, text: string): RequestInput => ({
  method: 'POST',
  path: '/data',
  name,
  body: { kind: 'json', text },
});

describe('requests of one node type', () => {
  it('are one where they differ in their name only, and a node keeps its buffer from one to the other', () => {
    const { compiled, createScope, send } = nodeType();
    const [first, second] = [compiled(post('first', '{{node.index}}')), compiled(post('second', '{{node.index}}'))];
    expect(second).toBe(first);
    const [exchange, scope] = [newExchange(), createScope(7)];
    expect(send(exchange, first, scope)).toBe('7');
    const { bytes } = exchange;
    expect(send(exchange, second, scope)).toBe('7');
    expect(exchange.bytes).toBe(bytes);
  });

  const plain: RequestInput = { method: 'POST', path: '/data' };
  it.each<[string, RequestInput]>([
    ['method', { ...plain, method: 'PUT' }],
    ['path', { ...plain, path: '/other' }],
    ['query', { ...plain, query: { a: '1' } }],
    ['headers', { ...plain, headers: { authorization: 'Bearer another' } }],
    ['body', { ...plain, body: { kind: 'text', text: '1' } }],
    ['expectations', { ...plain, expect: { status: [503] } }],
    ['extractions', { ...plain, extract: [{ variable: 'taken', header: 'date' }] }],
    ['redirects', { ...plain, followRedirects: 1 }],
    ['timeout', { ...plain, timeoutMs: 1 }],
  ])('stay apart where they differ in their %s', (_what, request) => {
    const { compiled } = nodeType();
    expect(compiled(request)).not.toBe(compiled(plain));
  });

  it('stay apart where a generator in them has a state: each counts its own', () => {
    const { compiled, createScope, send } = nodeType();
    const text = '[{{counter(1)}},{{sequence("a","b","c")}},{{randomWalk(5,0)}}]';
    const [first, second] = [compiled(post('first', text)), compiled(post('second', text))];
    const [exchange, scope] = [newExchange(), createScope(0)];
    const sent = [first, first, second, first, second].map((request) => send(exchange, request, scope));
    expect(sent).toEqual(['[1,"a",5]', '[2,"b",5]', '[1,"a",5]', '[3,"c",5]', '[2,"b",5]']);
  });

  it('are one where a variable has a state: it is the node’s, whoever asks', () => {
    const { compiled, createScope, send } = nodeType([
      { name: 'turn', generator: { kind: 'counter', start: 1, step: 1 }, refresh: 'use' },
    ]);
    const [first, second] = [compiled(post('first', '{{turn}}')), compiled(post('second', '{{turn}}'))];
    expect(second).toBe(first);
    const [one, other] = [
      { exchange: newExchange(), scope: createScope(0) },
      { exchange: newExchange(), scope: createScope(1) },
    ];
    expect([one, one, other, one].map(({ exchange, scope }) => send(exchange, first, scope))).toEqual(['1', '2', '1', '3']);
  });
});
