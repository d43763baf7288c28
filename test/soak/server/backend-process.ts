import { NodeProcessHost } from '../../../src/main/process/node-host';
import type { ChildHandle } from '../../../src/main/process/process-host';
import { bundleEntry } from '../../support/bundle-entry';
import type { BackendCounts, BackendFault } from './backend-fault';
import type { SoakBackendCommand, SoakBackendReport } from './soak-backend';

type Child = ChildHandle<SoakBackendCommand, SoakBackendReport>;

/** The backend's process, seen from the soak. */
export class BackendProcess {
  private waiting: ((counts: BackendCounts) => void)[] = [];

  private constructor(
    private readonly child: Child,
    readonly url: string,
  ) {
    child.onMessage((report) => {
      if (report.kind === 'counts') this.waiting.shift()?.(report.counts);
    });
  }

  static async start(seed: string): Promise<BackendProcess> {
    const bundle = await bundleEntry('test/soak/server/soak-backend.ts');
    const host = new NodeProcessHost({ demo: bundle.file });
    const child: Child = host.fork('demo', { name: 'Nodeswarm soak backend', args: [seed] });
    const output: string[] = [];
    child.onOutput((line) => output.push(line));
    try {
      return await new Promise((resolve, reject) => {
        child.onExit((reason) => reject(new Error(`the soak's backend ended: ${reason}\n${output.join('\n')}`)));
        child.onMessage((report) => {
          if (report.kind === 'listening') resolve(new BackendProcess(child, `http://127.0.0.1:${report.port}`));
        });
      });
    } finally {
      bundle.remove();
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Does wrong from now on, to a share (0 to 1) of the requests; null ends it. */
  setFault(fault: BackendFault | null, share = 1): void {
    this.child.post({ kind: 'fault', fault, share });
  }

  /** Everything since it was started. */
  counts(): Promise<BackendCounts> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.post({ kind: 'count' });
    });
  }

  stop(): void {
    this.child.kill();
  }
}
