import type { ChildHandle, ProcessHost } from '../process/process-host';
import type { DemoBackendOptions } from './demo-backend';
import type { DemoCommand, DemoReport } from './demo-protocol';
import { DemoSettingError } from './settings';

/** The demo backend in a process of its own. */
export class DemoProcess {
  private constructor(
    private readonly child: ChildHandle<DemoCommand, DemoReport>,
    /** `http://127.0.0.1:8090` */
    readonly url: string,
  ) {}

  /** Resolves once it listens. Rejects with `DemoSettingError` when it cannot. */
  static start(host: ProcessHost, options: DemoBackendOptions): Promise<DemoProcess> {
    const child = host.fork<DemoCommand, DemoReport>('demo', { name: 'Nodeswarm demo backend' });
    return new Promise((resolve, reject) => {
      child.onMessage((report) => {
        if (report.ok) resolve(new DemoProcess(child, report.url));
        else reject(new DemoSettingError(report.message));
      });
      child.onExit((reason) => reject(new DemoSettingError(`the demo backend did not start (${reason})`)));
      child.post({ options });
    });
  }

  onExit(listener: () => void): void {
    this.child.onExit(() => listener());
  }

  /** Resolves when its process is gone. */
  stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.child.onExit(() => resolve()));
    this.child.kill();
    return gone;
  }
}
