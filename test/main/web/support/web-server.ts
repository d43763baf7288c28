import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { BrowserFiles } from '../../../../src/main/web/browser-files';
import { Downloads } from '../../../../src/main/web/downloads';
import { WebHost, type WebHostOptions } from '../../../../src/main/web/web-host';
import { ApiHost } from '../../api/support/api-host';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A browser host over a real API, with a small renderer folder, in which nothing goes wrong unexpectedly. Closed when the test is over. */
export class Server {
  readonly token: string;
  /** What a browser that opened the link sends with each request. */
  cookie = '';

  private constructor(
    readonly host: ApiHost,
    readonly web: WebHost,
  ) {
    this.token = new URL(web.link).searchParams.get('token') ?? '';
  }

  static async start(options: Partial<WebHostOptions> = {}): Promise<Server> {
    const downloads = new Downloads();
    onTestFinished(() => downloads.close());
    const host = new ApiHost({ files: new BrowserFiles(downloads) });
    const renderer = join(host.folder, 'renderer');
    mkdirSync(join(renderer, 'assets'), { recursive: true });
    writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>page</title>');
    writeFileSync(join(renderer, 'assets', 'app-1a2b.js'), 'export {};');
    writeFileSync(join(renderer, 'empty.txt'), '');
    writeFileSync(join(host.folder, 'outside.txt'), 'not for anyone');
    symlinkSync(join(host.folder, 'outside.txt'), join(renderer, 'link.txt'));
    symlinkSync(host.folder, join(renderer, 'up'));
    const logged: string[] = [];
    onTestFinished(() => expect(logged, 'what went wrong unexpectedly').toEqual([]));
    const web = await WebHost.start({
      api: host.api,
      downloads,
      rendererFolder: renderer,
      port: 0,
      host: '127.0.0.1',
      onLog: (line) => logged.push(line),
      ...options,
    });
    onTestFinished(() => web.close());
    const server = new Server(host, web);
    const { pathname, search } = new URL(web.link);
    const opened = await server.send({ path: pathname + search });
    server.cookie = String(opened.headers['set-cookie']?.[0]).split(';', 1)[0] ?? '';
    return server;
  }

  /** As a browser that opened the link, unless `headers` name another cookie. */
  send({ method = 'GET', path = '/', headers = {}, body }: Sent): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.web.port, agent: false, method, path };
      const sent = request({ ...options, headers: { cookie: this.cookie, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  call(route: string, input: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const all = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers };
    return this.send({ method: 'POST', path: `/api/${route}`, headers: all, body: JSON.stringify(input) });
  }

  socket(options: { origin?: string; path?: string; headers?: Record<string, string> } = {}): WebSocket {
    const { path = '/events', ...rest } = options;
    const socket = new WebSocket(`ws://127.0.0.1:${this.web.port}${path}`, rest);
    onTestFinished(() => socket.terminate());
    return socket;
  }

  /** A socket that is told everything, once that is so. */
  async listener(): Promise<{ socket: WebSocket; events: { event: string; data: unknown }[] }> {
    const socket = this.socket();
    const events: { event: string; data: unknown }[] = [];
    socket.on('message', (message) => events.push(JSON.parse(String(message))));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ token: this.token }));
    await expect
      .poll(() => {
        this.host.api.emit('action', { id: 'hello' });
        return events.length;
      })
      .toBeGreaterThan(0);
    return { socket, events };
  }
}

/** The code that a socket is closed with. */
export function closeOf(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    socket.on('close', resolve);
    socket.on('error', () => {});
  });
}

/** The status that a socket is refused with. */
export function refusedUpgrade(socket: WebSocket): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('open', () => reject(new Error('the socket was let in')));
    socket.on('error', () => {});
  });
}
