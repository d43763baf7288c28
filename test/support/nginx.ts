import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A free port on loopback. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface NginxOptions {
  /** The processor that nginx is tied to; any unless told. Linux. */
  cpu?: number;
  /** false: nothing is logged, for benchmarks. */
  log?: boolean;
}

/** nginx as Debian packages it, with a configuration of ours: a server that no one here wrote. Fails loudly when it is not installed. */
export class Nginx {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** `locations`: the inside of the `server` block. The access log has `method uri status body_bytes` in each line. */
  static async start(locations: string, { cpu, log = true }: NginxOptions = {}): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-nginx-'));
    const port = await freePort();
    const configuration = `
      daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
      events { worker_connections 16000; }
      worker_rlimit_nofile 16384;
      http {
        log_format counted '$request_method $uri $status $body_bytes_sent';
        access_log ${log ? `${folder}/access.log counted` : 'off'};
        client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
        uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
        keepalive_requests 1000000000; keepalive_timeout 3600s;
        server { listen 127.0.0.1:${port}; ${locations} }
      }`;
    writeFileSync(join(folder, 'nginx.conf'), configuration);
    const program = process.env.NGINX_PATH ?? '/usr/sbin/nginx';
    const pin = cpu === undefined ? [] : ['taskset', '-c', String(cpu)];
    const [command = program, ...before] = [...pin, program];
    const child = spawn(command, [...before, '-e', `${folder}/error.log`, '-p', folder, '-c', `${folder}/nginx.conf`], {
      stdio: 'inherit',
    });
    const failure = new Promise<never>((_, reject) => {
      child.on('error', (error) => reject(new Error(`nginx is needed for this test and could not be started: ${error.message}`)));
      child.on('exit', (code) => reject(new Error(`nginx ended with ${code}: ${readFileSync(`${folder}/error.log`, 'utf8')}`)));
    });
    const nginx = new Nginx(child, folder, `http://127.0.0.1:${port}`);
    await Promise.race([failure, nginx.answers()]);
    failure.catch(() => {});
    return nginx;
  }

  /** Lines of the access log, without those of the start-up check. */
  accessLog(): string[] {
    const lines = readFileSync(join(this.folder, 'access.log'), 'utf8').split('\n');
    return lines.filter((line) => line !== '' && !line.includes('/started'));
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on('exit', resolve));
    this.process.kill('SIGQUIT');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      try {
        await (await fetch(`${this.url}/started`)).text();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error('nginx did not answer within 5 s');
  }
}
