import type { HttpExchange } from '../http-exchange';

/** Bodies shorter than this have their line ready: most requests of IoT nodes do. */
const KNOWN_LENGTHS = 4096;

/**
 * Puts requests together as they go over the wire, as binary strings. Hot path: of a request whose start is always the same only three pieces
 * are joined, because each piece costs when the whole is written out.
 */
export class RequestText {
  /** What comes between the header lines and a body of that many bytes. */
  private readonly lengthLines: string[] = [];
  private readonly close: string;

  /** `keepAlive`: whether connections are used for more than one request. */
  constructor(private readonly keepAlive: boolean) {
    this.close = keepAlive ? '' : 'connection: close\r\n';
  }

  /** The whole request: request line, header lines, body. */
  of(exchange: HttpExchange): string {
    const { body } = exchange;
    const start = this.startOf(exchange);
    return body === null ? `${start}\r\n` : start + this.lengthLine(body.length) + body;
  }

  private startOf({ constantStart, method, path, headerLines }: HttpExchange): string {
    if (constantStart !== null && this.keepAlive) return constantStart;
    return `${method} ${path} HTTP/1.1\r\n${headerLines}${this.close}`;
  }

  private lengthLine(bytes: number): string {
    if (bytes >= KNOWN_LENGTHS) return lengthLineOf(bytes);
    const { lengthLines } = this;
    // Filled up to here, so that the list stays a plain array.
    while (lengthLines.length <= bytes) lengthLines.push(lengthLineOf(lengthLines.length));
    return lengthLines[bytes] as string;
  }
}

function lengthLineOf(bytes: number): string {
  return `content-length: ${bytes}\r\n\r\n`;
}
