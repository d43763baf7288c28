import { errorMessage } from '../../../src/shared/text/error-text';

/** One end of a two-way line of calls between the stand-in's main process and the test that drives it. Values are structured clones. */
export class Peer {
  private readonly handlers = new Map<string, (...args: never[]) => unknown>();
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private nextId = 1;
  private closed = false;

  constructor(private readonly send: (message: PeerMessage) => void) {}

  /** Answers calls of `method` from the other end. */
  handle<Args extends unknown[]>(method: string, handler: (...args: Args) => unknown): void {
    this.handlers.set(method, handler as (...args: never[]) => unknown);
  }

  /** Rejects when the handler at the other end throws, and when the other end is gone. */
  call<Result>(method: string, ...args: unknown[]): Promise<Result> {
    if (this.closed) return Promise.reject(new Error(`${method}: the other process is gone`));
    const id = this.nextId++;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.send({ kind: 'call', id, method, args });
    });
  }

  /** To be given every message that comes. */
  receive(message: PeerMessage): void {
    if (message.kind === 'call') void this.answer(message);
    else {
      const waiting = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.error));
    }
  }

  /** The other end is gone: what waits for it is rejected. */
  close(): void {
    this.closed = true;
    for (const { reject } of this.waiting.values()) reject(new Error('the other process is gone'));
    this.waiting.clear();
  }

  private async answer({ id, method, args }: CallMessage): Promise<void> {
    let reply: PeerMessage;
    try {
      const handler = this.handlers.get(method);
      if (!handler) throw new Error(`nobody answers ${method}`);
      reply = { kind: 'reply', id, value: await handler(...(args as never[])) };
    } catch (error) {
      reply = { kind: 'reply', id, value: undefined, error: errorMessage(error) };
    }
    if (!this.closed) this.send(reply);
  }
}

interface CallMessage {
  kind: 'call';
  id: number;
  method: string;
  args: unknown[];
}

export type PeerMessage = CallMessage | { kind: 'reply'; id: number; value: unknown; error?: string };
