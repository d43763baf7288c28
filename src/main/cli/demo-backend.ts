import { DemoBackend } from '../demo/demo-backend';
import { parseCapacity, parseErrorPercent, parseLatency } from '../demo/settings';
import { parseWholeNumber } from './arguments';
import type { CommandIo } from './command-io';
import { EXIT } from './exit-code';
import { countText } from './number-text';

/** Options as on the command line. */
export interface DemoBackendValues {
  port: string;
  latency?: string;
  errors?: string;
  capacity?: string;
}

/** `nodeswarm demo-backend`: runs the demo backend until it is interrupted. */
export async function demoBackend(options: DemoBackendValues, io: CommandIo): Promise<number> {
  const backend = await DemoBackend.start({
    port: parseWholeNumber(options.port, '--port', { min: 0, max: 65_535 }),
    latency: options.latency === undefined ? undefined : parseLatency(options.latency),
    errorPercent: options.errors === undefined ? undefined : parseErrorPercent(options.errors),
    capacityPerSecond: options.capacity === undefined ? undefined : parseCapacity(options.capacity),
  });
  const interrupted = new Promise<void>((resolve) => io.onInterrupt(resolve));
  io.stdout.write(`Demo backend at ${backend.url} (counts at ${backend.url}/stats). Ctrl-C ends it.\n`);
  await interrupted;
  const { requests, routes } = backend.stats;
  await backend.stop();
  const parts = Object.entries(routes).map(([route, { requests: count }]) => `${route}: ${countText(count)}`);
  io.stdout.write(`${countText(requests)} requests answered${parts.length > 0 ? ` (${parts.join(', ')})` : ''}.\n`);
  return EXIT.fine;
}
