import { type AddressInfo, createServer, type Socket } from 'node:net';
import { runAsChild } from '../../../src/main/process/child-port';
import type { ChildMain } from '../../../src/main/process/process-host';
import { type Behaviour, type Deed, type Planner, plannerOf } from './behaviour';
import { DueQueue } from './due-queue';
import { monotonicUs, wallClockOffsetUs } from './monotonic';
import { type RequestColumns, RequestLog } from './request-log';

/** Behaviours by the first part of the path; the second part is the node: `/lognormal/17`. */
export type TruthServerCommand =
  | { kind: 'behave'; behaviours: Record<string, Behaviour> }
  /** Stops listening, or listens on its port again: connections are refused meanwhile. */
  | { kind: 'refuse'; refuse: boolean }
  | { kind: 'log' };

export type TruthServerReport = { kind: 'listening'; port: number } | { kind: 'log'; columns: RequestColumns };

interface PendingAnswer {
  dueUs: number;
  deed: Deed;
  socket: Socket;
  row: number;
}

const ANSWERS: Partial<Record<Deed, string>> = {
  answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
  'error 503': 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nbusy',
  garbage: 'HTP/7.x nonsense\r\n\r\n',
};

/** A server that treats every request in a known way and logs what it really did, and when. GET requests without a body only. */
class TruthServer {
  private readonly server = createServer({ noDelay: true }, (socket) => this.accept(socket));
  private readonly due = new DueQueue<PendingAnswer>(
    (answer) => this.answer(answer),
    (atUs, lengthUs) => this.log.held(atUs, lengthUs),
  );
  private readonly sockets = new Set<Socket>();
  private planners: Planner[] = [];
  private pathIndex = new Map<string, number>();
  private counts: Map<number, number>[] = [];
  private log = new RequestLog([]);
  private port = 0;

  listen(listening: (port: number) => void): void {
    // 4096 connections may wait to be accepted: a fleet spawns within a second.
    this.server.listen({ port: this.port, host: '127.0.0.1', backlog: 4096 }, () => {
      this.port = (this.server.address() as AddressInfo).port;
      listening(this.port);
    });
  }

  refuse(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  behave(behaviours: Record<string, Behaviour>): void {
    const paths = Object.keys(behaviours);
    this.planners = Object.values(behaviours).map(plannerOf);
    this.pathIndex = new Map(paths.map((path, index) => [path, index]));
    this.counts = paths.map(() => new Map());
    this.log = new RequestLog(paths);
  }

  takeLog(): RequestColumns {
    return this.log.take(wallClockOffsetUs());
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    let received = '';
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk) => {
      const receivedUs = monotonicUs();
      received += chunk.toString('latin1');
      if (!received.endsWith('\r\n\r\n')) return;
      const [, path = '', node = ''] = received.slice(0, received.indexOf(' HTTP/')).split('/');
      received = '';
      this.receive(path, Number(node), receivedUs, socket);
    });
  }

  private receive(path: string, node: number, receivedUs: number, socket: Socket): void {
    const index = this.pathIndex.get(path) ?? -1;
    const planner = this.planners[index];
    const counts = this.counts[index];
    if (!planner || !counts) throw new Error(`the server was not told how to treat /${path}`);
    const nth = counts.get(node) ?? 0;
    counts.set(node, nth + 1);
    const { dueUs, deed } = planner(node, nth, receivedUs);
    this.due.add({ dueUs, deed, socket, row: this.log.received(index, node, nth, receivedUs, dueUs, deed) });
  }

  private answer({ deed, socket, row }: PendingAnswer): void {
    if (deed === 'never') return;
    this.log.sent(row, monotonicUs());
    const text = ANSWERS[deed];
    if (text !== undefined) socket.write(text, 'latin1');
    else if (deed === 'reset') socket.resetAndDestroy();
    else socket.end();
  }
}

export const truthServerMain: ChildMain<TruthServerCommand, TruthServerReport> = (port) => {
  const server = new TruthServer();
  const listening = (listeningPort: number) => port.post({ kind: 'listening', port: listeningPort });
  port.onMessage((command) => {
    switch (command.kind) {
      case 'behave':
        return server.behave(command.behaviours);
      case 'refuse':
        return command.refuse ? server.refuse() : server.listen(() => {});
      case 'log':
        return port.post({ kind: 'log', columns: server.takeLog() });
    }
  });
  server.listen(listening);
};

if (process.env.NODESWARM_PROCESS_NAME) runAsChild(truthServerMain);
