import { errorMessage } from '../../shared/text/error-text';
import type { ChildMain } from '../process/process-host';
import { DemoBackend } from './demo-backend';
import type { DemoCommand, DemoReport } from './demo-protocol';

/** The program of the demo backend's process: serves until it is ended, or its parent is gone. */
export const demoMain: ChildMain<DemoCommand, DemoReport> = (port) => {
  let backend: DemoBackend | null = null;
  port.onMessage(async ({ options }) => {
    try {
      backend = await DemoBackend.start(options);
      port.post({ ok: true, url: backend.url });
    } catch (error) {
      port.post({ ok: false, message: errorMessage(error) });
      port.exit(1);
    }
  });
  port.onClose(() => {
    void (backend?.stop() ?? Promise.resolve()).finally(() => port.exit(0));
  });
};
