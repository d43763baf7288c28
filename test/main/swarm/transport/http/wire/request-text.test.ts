import { describe, expect, it } from 'vitest';
import { HttpExchange } from '../../../../../../src/main/swarm/transport/http/http-exchange';
import { RequestText } from '../../../../../../src/main/swarm/transport/http/wire/request-text';

function exchange(fields: Partial<HttpExchange>): HttpExchange {
  return Object.assign(new HttpExchange({ exchangeDone: () => {} }), { headerLines: 'host: h\r\n' }, fields);
}

describe('RequestText', () => {
  it('joins request line, header lines and body', () => {
    const text = new RequestText(true);
    expect(text.of(exchange({ path: '/a' }))).toBe('GET /a HTTP/1.1\r\nhost: h\r\n\r\n');
    expect(text.of(exchange({ method: 'POST', body: '' }))).toBe('POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n');
    for (const length of [3, 1, 3, 4095, 4096, 70_000]) {
      const body = 'b'.repeat(length);
      expect(text.of(exchange({ method: 'POST', body }))).toBe(
        `POST / HTTP/1.1\r\nhost: h\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
    }
  });

  it('takes the constant start where there is one', () => {
    const constantStart = 'PUT /x HTTP/1.1\r\nhost: h\r\n';
    expect(new RequestText(true).of(exchange({ constantStart, body: 'b' }))).toBe(`${constantStart}content-length: 1\r\n\r\nb`);
  });

  it('asks to close where connections are not kept, constant start or not', () => {
    const text = new RequestText(false);
    const fields = { method: 'PUT', path: '/x', constantStart: 'PUT /x HTTP/1.1\r\nhost: h\r\n' };
    expect(text.of(exchange(fields))).toBe('PUT /x HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n');
  });
});
