import type { DemoBackendOptions } from './demo-backend';

/** To the demo backend's process: begin. */
export interface DemoCommand {
  options: DemoBackendOptions;
}

/** From it: where it is, or a sentence on why it is not. */
export type DemoReport = { ok: true; url: string } | { ok: false; message: string };
