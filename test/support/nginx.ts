import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyPair } from './certificates';
import { freePort } from './free-port';

export interface NginxOptions {
  /** The processors that nginx is tied to; any unless told. Linux. */
  cpus?: readonly number[];
  /** Worker processes, 1 unless told; more share the port evenly (SO_REUSEPORT). */
  workers?: number;
  /** https with this certificate; over HTTP/2 as well if `http2`. */
  tls?: KeyPair & { http2?: boolean };
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
  static async start(locations: string, { cpus, workers = 1, tls, log = true }: NginxOptions = {}): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-nginx-'));
    const port = await freePort();
    if (tls) for (const part of ['cert', 'key'] as const) writeFileSync(join(folder, `${part}.pem`), tls[part]);
    // A fleet that connects at once must not overflow the queue, which the kernel answers with silence of a second and more.
    const listen = [`127.0.0.1:${port}`, workers > 1 && 'reuseport', 'backlog=4096', tls && 'ssl', tls?.http2 && 'http2']
      .filter(Boolean)
      .join(' ');
    const certificate = tls ? `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;` : '';
    const configuration = `
      daemon off; worker_processes ${workers}; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
      events { worker_connections 19000; }
      worker_rlimit_nofile 20000;
      http {
        log_format counted '$request_method $uri $status $body_bytes_sent';
        access_log ${log ? `${folder}/access.log counted` : 'off'};
        client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
        uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
        keepalive_requests 1000000000; keepalive_timeout 3600s;
        server { listen ${listen}; ${certificate} ${locations} }
      }`;
    writeFileSync(join(folder, 'nginx.conf'), configuration);
    const program = process.env.NGINX_PATH ?? '/usr/sbin/nginx';
    const pin = cpus === undefined ? [] : ['taskset', '-c', cpus.join(',')];
    const [command = program, ...before] = [...pin, program];
    const child = spawn(command, [...before, '-e', `${folder}/error.log`, '-p', folder, '-c', `${folder}/nginx.conf`], {
      stdio: 'inherit',
    });
    const endWithUs = () => child.kill();
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
    const failure = new Promise<never>((_, reject) => {
      child.on('error', (error) => reject(new Error(`nginx is needed for this test and could not be started: ${error.message}`)));
      child.on('exit', (code) => reject(new Error(`nginx ended with ${code}: ${readFileSync(`${folder}/error.log`, 'utf8')}`)));
    });
    const nginx = new Nginx(child, folder, `${tls ? 'https' : 'http'}://127.0.0.1:${port}`);
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
        await answered(`${this.url}/started`);
        return;
      } catch {
        await sleep(50);
      }
    }
    throw new Error('nginx did not answer within 5 s');
  }
}

async function answered(url: string): Promise<void> {
  if (url.startsWith('http:')) {
    await (await fetch(url)).text();
    return;
  }
  // Its certificate may be one that nobody trusts.
  await new Promise<void>((resolve, reject) => {
    get(url, { rejectUnauthorized: false, agent: false }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
}
