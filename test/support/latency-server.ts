import { type ChildProcess, fork } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';

/** How long the server takes for an answer, ms. */
export type LatencyModel =
  | { kind: 'fixed'; ms: number }
  | { kind: 'outliers'; ms: number; outlierMs: number; share: number }
  | { kind: 'lognormal'; medianMs: number; p99Ms: number };

/** What the server and its control recorded. */
export interface LatencyRecord {
  /** First byte of a request read to its answer written, ms, ascending; without the requests of the control. */
  tookMs: number[];
  /** What the control measured on top of what the server says in its answers, ms, ascending. */
  addedMs: number[];
}

/**
 * An HTTP server in a process of its own, which times requests at the socket: nothing of the test or of the engine delays it. A control, a
 * plain socket client in another process, asks it at the same time: what it measures beyond the server's own times is what this machine,
 * with all its other work, adds to any time measured between two processes.
 */
export class LatencyServer {
  readonly url: string;
  private readonly server: Child<number[]>;
  private readonly control: Child<number[]>;

  // Fields and constructor are apart because Node, which runs this file in the children, only strips types.
  private constructor(server: Child<number[]>, control: Child<number[]>, port: number) {
    this.server = server;
    this.control = control;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(model: LatencyModel): Promise<LatencyServer> {
    const server = new Child<number[]>('server', JSON.stringify(model));
    const port = await server.started;
    const control = new Child<number[]>('control', String(port));
    await control.started;
    return new LatencyServer(server, control, port);
  }

  /** Ends it; resolves to what was recorded. */
  async stop(): Promise<LatencyRecord> {
    const addedMs = await this.control.stop();
    const tookMs = await this.server.stop();
    const ascending = (a: number, b: number) => a - b;
    return { tookMs: tookMs.sort(ascending), addedMs: addedMs.sort(ascending) };
  }
}

/** This file as a child process: sends a number when it is ready, and its record when it is told to stop. */
class Child<Record> {
  readonly started: Promise<number>;
  private readonly process: ChildProcess;

  constructor(role: string, argument: string) {
    this.process = fork(import.meta.filename, [role, argument], { execArgv: [], serialization: 'advanced' });
    this.started = new Promise((resolve, reject) => {
      this.process.once('message', (message) => resolve(message as number));
      this.process.once('exit', (code) => reject(new Error(`the ${role} process ended with code ${code}`)));
    });
  }

  async stop(): Promise<Record> {
    const record = new Promise<Record>((resolve) => this.process.once('message', (message) => resolve(message as Record)));
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.send('stop');
    const recorded = await record;
    this.process.disconnect();
    await gone;
    return recorded;
  }
}

function drawMs(model: LatencyModel): number {
  switch (model.kind) {
    case 'fixed':
      return model.ms;
    case 'outliers':
      return Math.random() < model.share ? model.outlierMs : model.ms;
    case 'lognormal': {
      const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
      // 2.326 standard deviations above the mean lies the 99 %ile of a normal distribution.
      return model.medianMs * Math.exp((Math.log(model.p99Ms / model.medianMs) / 2.326) * normal);
    }
  }
}

const CONTROL_SOCKETS = 10;
const CONTROL_PATH = '/control';
const CONTROL_PAUSE_MS = 100;

/** Answers each request with the ms that it took, when its time has come. */
function serve(model: LatencyModel): void {
  const tookMs: number[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    let head = '';
    let receivedMs = 0;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      if (head === '') receivedMs = performance.now();
      head += chunk.toString('latin1');
      // A client waits for its answer before it asks again, and its requests have no body.
      if (!head.endsWith('\r\n\r\n')) return;
      const isControl = head.startsWith(`GET ${CONTROL_PATH} `);
      head = '';
      setTimeout(() => {
        const took = performance.now() - receivedMs;
        const body = took.toFixed(6);
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`, 'latin1');
        if (!isControl) tookMs.push(took);
      }, drawMs(model));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : 0);
  });
  process.on('message', () => process.send?.(tookMs));
}

/** Asks again and again over a few sockets, and notes what it measures beyond what the server says. */
function control(port: number): void {
  const addedMs: number[] = [];
  for (let index = 0; index < CONTROL_SOCKETS; index++) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sentMs = 0;
    const ask = () => {
      sentMs = performance.now();
      socket.write(`GET ${CONTROL_PATH} HTTP/1.1\r\nhost: control\r\n\r\n`, 'latin1');
    };
    socket.on('error', () => {});
    socket.on('connect', ask);
    // So short an answer comes in one piece.
    socket.on('data', (chunk) => {
      const [, body = ''] = chunk.toString('latin1').split('\r\n\r\n');
      addedMs.push(Math.max(0, performance.now() - sentMs - Number(body)));
      setTimeout(ask, CONTROL_PAUSE_MS);
    });
  }
  process.send?.(0);
  process.on('message', () => process.send?.(addedMs));
}

const [, file, role, argument = ''] = process.argv;
if (file === import.meta.filename) {
  process.once('disconnect', () => process.exit(0));
  if (role === 'server') serve(JSON.parse(argument) as LatencyModel);
  else control(Number(argument));
}
