import type { Socket } from 'node:net';
import { PROXY_WHY, type ProxyWhy } from '../error-names';
import type { Origin } from '../http-exchange';
import { hostText } from '../origin';

const HEAD_END = '\r\n\r\n';
/** A proxy that answers with more than this before the tunnel stands is none. */
const MAX_HEAD_BYTES = 16_384;

/** The proxy did not open a tunnel. */
export class ProxyError extends Error {
  override name = 'ProxyError';

  constructor(
    /** Stable, for `ProxyError: <why>`. */
    readonly why: ProxyWhy,
    message: string,
  ) {
    super(message);
  }
}

/** Asks a proxy for a tunnel to `target` (RFC 9110, 9.3.6); `done` gets null once the socket leads there. */
export function openTunnel(
  socket: Socket,
  target: Origin,
  authorization: string | null,
  done: (error: Error | null) => void,
): void {
  // The port is always named here: the request target of CONNECT is an authority with one.
  const host = hostText({ ...target, port: -1 }).replace(/:-1$/, `:${target.port}`);
  let head = '';
  const onReadable = () => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      head += chunk.toString('latin1');
      const end = head.indexOf(HEAD_END);
      if (end !== -1) {
        const rest = Buffer.from(head.slice(end + HEAD_END.length), 'latin1');
        finish(judgeHead(head.slice(0, end)));
        if (rest.length > 0) socket.unshift(rest);
        return;
      }
      if (head.length > MAX_HEAD_BYTES) {
        finish(new ProxyError(PROXY_WHY.malformedAnswer, 'the proxy answered CONNECT with no end of its head'));
        return;
      }
    }
  };
  const onEnd = () => finish(new ProxyError(PROXY_WHY.closed, 'the proxy closed the connection instead of opening a tunnel'));
  const finish = (error: Error | null) => {
    socket.off('readable', onReadable);
    socket.off('end', onEnd);
    done(error);
  };
  socket.on('readable', onReadable);
  socket.on('end', onEnd);
  const credentials = authorization === null ? '' : `proxy-authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\n${credentials}\r\n`, 'latin1');
}

function judgeHead(head: string): ProxyError | null {
  const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1];
  if (status === undefined)
    return new ProxyError(PROXY_WHY.malformedAnswer, 'the proxy answered CONNECT with something other than HTTP/1.1');
  return status.startsWith('2')
    ? null
    : new ProxyError(PROXY_WHY.status(Number(status)), `the proxy answered CONNECT with status ${status}`);
}
