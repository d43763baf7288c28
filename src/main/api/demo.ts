import { DemoProcess } from '../demo/demo-process';
import { checkCapacity, checkErrorPercent, parseLatency } from '../demo/settings';
import type { ProcessHost } from '../process/process-host';
import type { Emit, Handlers } from './handlers';

/** Routes about the demo backend, which runs in a process of its own: a run at full speed keeps it busy. */
export class Demo {
  private process: DemoProcess | null = null;
  private starting: Promise<DemoProcess> | null = null;
  readonly handlers: Handlers<'demo.start' | 'demo.stop'>;

  constructor(processHost: ProcessHost, emit: Emit) {
    const start = async (options: Parameters<typeof DemoProcess.start>[1]) => {
      const process = await DemoProcess.start(processHost, options);
      process.onExit(() => {
        if (this.process !== process) return;
        this.process = null;
        emit('demo.status', { url: null });
      });
      this.process = process;
      emit('demo.status', { url: process.url });
      return process;
    };
    this.handlers = {
      'demo.start': async ({ latency, errorPercent, capacityPerSecond }) => {
        // Checked here, so that nothing is started for nothing.
        const options = {
          latency: latency === undefined ? undefined : parseLatency(latency),
          errorPercent: errorPercent === undefined ? undefined : checkErrorPercent(errorPercent),
          capacityPerSecond: capacityPerSecond === undefined ? undefined : checkCapacity(capacityPerSecond),
        };
        if (this.process) return { url: this.process.url };
        this.starting ??= start(options).finally(() => {
          this.starting = null;
        });
        return { url: (await this.starting).url };
      },
      'demo.stop': async () => {
        await this.close();
        return null;
      },
    };
  }

  /** Ends the demo backend, if it is there. */
  async close(): Promise<void> {
    await this.starting?.catch(() => undefined);
    await this.process?.stop();
  }
}
