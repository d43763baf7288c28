import { type AddressInfo, createServer, type Socket } from 'node:net';
import { runAsChild } from '../../../src/main/process/child-port';
import type { ChildMain } from '../../../src/main/process/process-host';
import { SeededRandom } from '../../../src/shared/stats/seeded-random';
import { type BackendCounts, type BackendFault, noCounts, type PathCounts } from './backend-fault';
import { RequestSplitter } from './request-splitter';

export type SoakBackendCommand =
  /** From now on: this fault for this share (0 to 1) of the requests; null: none. */
  { kind: 'fault'; fault: BackendFault | null; share: number } | { kind: 'count' };

export type SoakBackendReport = { kind: 'listening'; port: number } | { kind: 'counts'; counts: BackendCounts };

const BODY = JSON.stringify({ status: 'ok', version: '2.4.1', token: 'soak' });
const OK = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
const BUSY = 'HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nbusy';
/** Each is the last thing on its connection. */
const MALFORMED = [
  'HTP/7.x nonsense\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nx-\0header: 1\r\ncontent-length: 2\r\n\r\nok',
  `HTTP/1.1 200 OK\r\nx-long: ${'y'.repeat(80_000)}\r\ncontent-length: 2\r\n\r\nok`,
];
const SLOW_MS = 1_000;
/** A head and a part of a body, then a reset. */
const HALF = OK.slice(0, -10);

/** The backend of a soak: answers every request at once, unless it was told to do something wrong, and counts what it did. */
class SoakBackend {
  private readonly server = createServer({ noDelay: true }, (socket) => this.accept(socket));
  private readonly sockets = new Set<Socket>();
  private readonly random: SeededRandom;
  private readonly counts = new Map<string, PathCounts>();
  private fault: BackendFault | null = null;
  private share = 0;
  private malformed = 0;
  private port = 0;

  constructor(seed: string) {
    this.random = new SeededRandom(seed);
  }

  listen(listening: (port: number) => void): void {
    this.server.listen({ port: this.port, host: '127.0.0.1', backlog: 4096 }, () => {
      this.port = (this.server.address() as AddressInfo).port;
      listening(this.port);
    });
  }

  setFault(fault: BackendFault | null, share: number): void {
    const wasAway = this.fault === 'refuse';
    this.fault = fault;
    this.share = share;
    if (fault === 'refuse' && !wasAway) this.goAway();
    if (fault !== 'refuse' && wasAway) this.listen(() => {});
  }

  counted(): BackendCounts {
    return Object.fromEntries(this.counts);
  }

  /** As a backend that is restarted does: nothing listens, and every connection is gone. */
  private goAway(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    const splitter = new RequestSplitter((path) => this.receive(path, socket));
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk) => splitter.add(chunk));
  }

  private receive(path: string, socket: Socket): void {
    const counts = this.countsOf(path);
    counts.received++;
    const hit = this.fault !== null && this.random.float() < this.share;
    switch (hit ? this.fault : null) {
      case 'error 503':
        if (written(socket, BUSY, counts)) counts.answered503++;
        return;
      case 'reset':
        counts.reset++;
        if (this.random.float() < 0.5) socket.resetAndDestroy();
        else socket.write(HALF, 'latin1', () => socket.resetAndDestroy());
        return;
      case 'malformed':
        counts.malformed++;
        socket.end(MALFORMED[this.malformed++ % MALFORMED.length] as string, 'latin1');
        return;
      case 'never':
        counts.never++;
        return;
      case 'slow':
        counts.slow++;
        setTimeout(() => this.answer(socket, counts), SLOW_MS);
        return;
      default:
        this.answer(socket, counts);
    }
  }

  private answer(socket: Socket, counts: PathCounts): void {
    if (written(socket, OK, counts)) counts.answered++;
  }

  private countsOf(path: string): PathCounts {
    const name = path.split('/', 2)[1] ?? '';
    let counts = this.counts.get(name);
    if (!counts) {
      counts = noCounts();
      this.counts.set(name, counts);
    }
    return counts;
  }
}

function written(socket: Socket, text: string, counts: PathCounts): boolean {
  if (!socket.writable) {
    counts.gone++;
    return false;
  }
  socket.write(text, 'latin1');
  return true;
}

export const soakBackendMain: ChildMain<SoakBackendCommand, SoakBackendReport> = (port, [seed = 'soak']) => {
  const backend = new SoakBackend(seed);
  port.onMessage((command) => {
    if (command.kind === 'fault') backend.setFault(command.fault, command.share);
    else port.post({ kind: 'counts', counts: backend.counted() });
  });
  backend.listen((listeningPort) => port.post({ kind: 'listening', port: listeningPort }));
};

if (process.env.NODESWARM_PROCESS_NAME) runAsChild(soakBackendMain);
