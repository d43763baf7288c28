import { describe, expect, it } from 'vitest';
import { KnownHead } from '../../../../../../src/main/swarm/transport/http/wire/known-head';
import { ResponseHead } from '../../../../../../src/main/swarm/transport/http/wire/response-head';
import { exchangeFor, WaitingOwner } from './wire-fixture';

const readBuffer = Buffer.allocUnsafeSlow(8192);
const MAX_BODY_BYTES = 1000;

/** Puts an answer into the read buffer. Returns its length. */
function receive(text: string): number {
  readBuffer.fill(0xff);
  return readBuffer.write(text, 'latin1');
}

/** A KnownHead that has learned the head of an answer. */
function knowing(text: string, known = new KnownHead(readBuffer, MAX_BODY_BYTES)): KnownHead {
  const length = receive(text);
  const head = new ResponseHead();
  const end = head.readFields(readBuffer, head.readStatusLine(readBuffer, 0, length), length);
  known.learn(readBuffer, 0, end, head);
  return known;
}

function recalled(known: KnownHead, text: string): { length: number; head: ResponseHead } {
  const head = new ResponseHead();
  return { length: known.recall(readBuffer, 0, receive(text), head), head };
}

function exchange(fields: { method?: string; capture?: boolean; expectsStatus?: (status: number) => boolean } = {}) {
  return exchangeFor({ port: 0, ...fields }, new WaitingOwner());
}

const HEAD = 'HTTP/1.1 201 Created\r\nserver: some\r\ncontent-length: 7\r\n\r\n';

describe('KnownHead', () => {
  it('knows nothing at first', () => {
    const known = new KnownHead(readBuffer, MAX_BODY_BYTES);
    expect(recalled(known, HEAD).length).toBe(0);
    expect(known.takeAnswer(exchange(), 0)).toBe(false);
  });

  it('recalls the head it learned, and no other', () => {
    const text = HEAD.replace('server: some', 'connection: close');
    const known = knowing(text);
    const { length, head } = recalled(known, `${text}1234567`);
    expect(length).toBe(text.length);
    expect(head).toMatchObject({ status: 201, contentLength: 7, complete: true, keepsConnection: false });
    expect(recalled(known, text.slice(0, -1)).length).toBe(0);
    // Wherever it differs: in whole words and in what is left behind them.
    for (let at = 0; at < text.length; at++) {
      const other = `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
      expect(recalled(known, other).length).toBe(0);
    }
  });

  it('recalls nothing of bytes that stand elsewhere', () => {
    const known = knowing(HEAD);
    const elsewhere = Buffer.from(HEAD, 'latin1');
    expect(known.recall(elsewhere, 0, elsewhere.length, new ResponseHead())).toBe(0);
    const length = receive(`xx${HEAD}`);
    expect(known.recall(readBuffer, 2, length, new ResponseHead())).toBe(0);
  });

  it('keeps what it knows when a head is too long to be remembered', () => {
    const known = knowing(HEAD);
    const long = HEAD.replace('server', `x: ${'y'.repeat(2000)}\r\nserver`);
    knowing(long, known);
    expect(recalled(known, long).length).toBe(0);
    expect(recalled(known, HEAD).length).toBe(HEAD.length);
  });

  it('takes a whole answer with the known head', () => {
    const known = knowing(HEAD);
    const taken = exchange();
    expect(known.takeAnswer(taken, receive(`${HEAD}1234567`))).toBe(true);
    expect(taken).toMatchObject({ status: 201, bodyBytes: 7, responseHead: '', responseBody: null });
  });

  it('leaves to a reader what is not whole, is more, differs, or has to be looked at', () => {
    const known = knowing(HEAD);
    const refused = (text: string, fields = {}) => expect(known.takeAnswer(exchange(fields), receive(text))).toBe(false);
    refused(`${HEAD}123456`);
    refused(`${HEAD}12345678`);
    refused(`${HEAD.replace('some', 'same')}1234567`);
    refused(`${HEAD}1234567`, { capture: true });
    refused(`${HEAD}1234567`, { method: 'HEAD' });
    refused(`${HEAD}1234567`, { expectsStatus: (status: number) => status === 200 });
  });

  it.each([
    ['an interim answer', 'HTTP/1.1 100 Continue\r\n\r\n', ''],
    ['an answer without a body', 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n', 'ok'],
    ['an answer to a condition', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 2\r\n\r\n', 'ok'],
    ['chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a body up to the end', 'HTTP/1.1 200 OK\r\n\r\n', ''],
    ['a close', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n', 'ok'],
    ['a body that is too long', 'HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n', 'x'.repeat(1001)],
  ])('leaves to a reader what begins with a head that means %s', (_what, head, body) => {
    const known = knowing(head);
    expect(known.takeAnswer(exchange(), receive(head + body))).toBe(false);
  });
});
