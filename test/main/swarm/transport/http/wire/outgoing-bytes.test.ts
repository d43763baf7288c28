import { describe, expect, it } from 'vitest';
import { OutgoingBytes } from '../../../../../../src/main/swarm/transport/http/wire/outgoing-bytes';

const request = (text: string, capacity = 512) => {
  const bytes = Buffer.alloc(capacity);
  bytes.write(text, 'latin1');
  return bytes;
};
const textOf = (view: Uint8Array) => Buffer.from(view).toString('latin1');

describe('outgoing bytes', () => {
  it('are the request, without what lies behind it in its buffer', () => {
    const outgoing = new OutgoingBytes();
    expect(textOf(outgoing.viewOf(request('POST /a'), 7))).toBe('POST /a');
    expect(textOf(outgoing.viewOf(request('GET /of another length', 2048), 4))).toBe('GET ');
  });

  it('take one view for each length', () => {
    const outgoing = new OutgoingBytes();
    const [three, four] = [outgoing.viewOf(request('abc'), 3), outgoing.viewOf(request('abcd'), 4)];
    expect(outgoing.viewOf(request('xyz'), 3)).toBe(three);
    expect(outgoing.viewOf(request('wxyz'), 4)).toBe(four);
    expect(textOf(four)).toBe('wxyz');
  });

  it('stay as they were once they are lent, whatever is sent next', () => {
    const outgoing = new OutgoingBytes();
    const late = outgoing.viewOf(request('late'), 4);
    outgoing.lend();
    expect(textOf(outgoing.viewOf(request('next'), 4))).toBe('next');
    expect(textOf(late)).toBe('late');
  });

  it('are the buffer of the request itself when that is large', () => {
    const bytes = request('x'.repeat(3000), 4096);
    const view = new OutgoingBytes().viewOf(bytes, 3000);
    expect([view.buffer === bytes.buffer, view.byteOffset, view.length]).toEqual([true, bytes.byteOffset, 3000]);
  });
});
