/** Tells the requests of a connection apart, as far as needed: where each ends, and its path. Bodies have a content-length. */
export class RequestSplitter {
  private rest = '';

  constructor(private readonly onRequest: (path: string) => void) {}

  add(chunk: Buffer): void {
    this.rest += chunk.toString('latin1');
    for (;;) {
      const headEnd = this.rest.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = this.rest.slice(0, headEnd);
      const end = headEnd + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (this.rest.length < end) return;
      this.rest = this.rest.slice(end);
      this.onRequest(head.split(' ', 2)[1] ?? '');
    }
  }
}
