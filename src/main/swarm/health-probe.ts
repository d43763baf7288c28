import { type EventLoopUtilization, monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks';
import type { ShardHealth } from '../../shared/stats/frame';

/** Observes how well this process keeps up: event loop, CPU, garbage collection, memory. */
export class HealthProbe {
  // Only the maximum is used: with samplePerIteration it is exact, percentiles of the monitor are not.
  private readonly delay = monitorEventLoopDelay({ resolution: 10 });
  private readonly gc = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) this.gcPauseMs += entry.duration;
  });
  private gcPauseMs = 0;
  private utilization: EventLoopUtilization = performance.eventLoopUtilization();
  private cpu = process.cpuUsage();
  private rssBytes = process.memoryUsage.rss();

  /** Begins to observe. */
  start(): void {
    this.delay.enable();
    this.gc.observe({ entryTypes: ['gc'] });
    this.utilization = performance.eventLoopUtilization();
    this.cpu = process.cpuUsage();
  }

  stop(): void {
    this.delay.disable();
    this.gc.disconnect();
  }

  /**
   * What happened since the last call, in a second of which `lengthSeconds` (at most 1) were run. A run's last second may be a few ms long and
   * all shutting down, so utilisation is told as the share of a whole second.
   */
  take(lengthSeconds: number): Pick<ShardHealth, 'eventLoopUtilization' | 'loopDelayMaxMs' | 'cpuMs' | 'gcPauseMs' | 'rssBytes'> {
    const utilization = performance.eventLoopUtilization();
    const cpu = process.cpuUsage();
    const taken = {
      eventLoopUtilization: performance.eventLoopUtilization(utilization, this.utilization).utilization * lengthSeconds,
      loopDelayMaxMs: this.delay.max / 1e6,
      cpuMs: (cpu.user + cpu.system - this.cpu.user - this.cpu.system) / 1000,
      gcPauseMs: this.gcPauseMs,
      rssBytes: this.takeRssBytes(),
    };
    this.delay.reset();
    this.gcPauseMs = 0;
    this.utilization = utilization;
    this.cpu = cpu;
    return taken;
  }

  private takeRssBytes(): number {
    try {
      this.rssBytes = process.memoryUsage.rss();
    } catch {
      // It is read from a file: with no descriptor left the last value has to do.
    }
    return this.rssBytes;
  }
}
