import { describe, expect, it } from 'vitest';
import { KnownHead } from '../../../../../../src/main/swarm/transport/http/wire/known-head';
import { ResponseHead } from '../../../../../../src/main/swarm/transport/http/wire/response-head';

function readHead(text: string): { bytes: Buffer; head: ResponseHead } {
  const bytes = Buffer.from(text, 'latin1');
  const head = new ResponseHead();
  head.readFields(bytes, head.readStatusLine(bytes, 0, bytes.length), bytes.length);
  return { bytes, head };
}

describe('KnownHead', () => {
  const text = 'HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: 7\r\n\r\n';

  it('recalls the head it learned, wherever it stands, and no other', () => {
    const known = new KnownHead();
    const { bytes, head } = readHead(text);
    expect(known.recall(bytes, 0, bytes.length, new ResponseHead())).toBe(0);
    known.learn(bytes, 0, bytes.length, head);
    const recalled = new ResponseHead();
    const later = Buffer.from(`xx${text}1234567`, 'latin1');
    expect(known.recall(later, 2, later.length, recalled)).toBe(text.length);
    expect(recalled).toMatchObject({ status: 201, contentLength: 7, complete: true, keepsConnection: false });
    expect(known.recall(later, 2, text.length, new ResponseHead())).toBe(0);
    const other = Buffer.from(text.replace('7', '8'), 'latin1');
    expect(known.recall(other, 0, other.length, new ResponseHead())).toBe(0);
  });

  it('keeps what it knows when a head is too long to be remembered', () => {
    const known = new KnownHead();
    const short = readHead(text);
    const long = readHead(text.replace('connection', `x: ${'y'.repeat(2000)}\r\nconnection`));
    known.learn(short.bytes, 0, short.bytes.length, short.head);
    known.learn(long.bytes, 0, long.bytes.length, long.head);
    expect(known.recall(long.bytes, 0, long.bytes.length, new ResponseHead())).toBe(0);
    expect(known.recall(short.bytes, 0, short.bytes.length, new ResponseHead())).toBe(text.length);
  });
});
