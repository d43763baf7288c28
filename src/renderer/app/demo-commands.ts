import type { ApiClient } from '../../shared/api/client';
import { toasts } from '../ui/toasts';
import { useApp } from './app-store';
import type { DocumentFiles } from './document-files';
import { documentActions, useDocument } from './document-store';

/** The tutorial's scenario among the samples; the first one when it is not there. */
const TUTORIAL = 'iot-backend';

export interface DemoCommands {
  /** Starts the demo backend and shows the tutorial's scenario with its address filled in. */
  tryIt(): Promise<void>;
  stop(): Promise<void>;
}

export function createDemoCommands(api: ApiClient, files: DocumentFiles): DemoCommands {
  return {
    async tryIt() {
      try {
        const { url } = await api.call('demo.start', {});
        useApp.setState({ demoUrl: url });
        const samples = useApp.getState().info?.samples ?? [];
        const tutorial = samples.find(({ id }) => id.startsWith(TUTORIAL)) ?? samples[0];
        if (!tutorial) return;
        const before = useDocument.getState().generation;
        await files.openSample(tutorial.id);
        // Left with Cancel, or not to be opened: then it is not ours to change.
        if (useDocument.getState().generation === before) return;
        documentActions.update('Use the demo backend', (document) => ({
          ...document,
          target: { ...document.target, baseUrl: url },
        }));
        documentActions.markSaved(null);
        toasts.success(`The demo backend runs at ${url}. Press Start run to send nodes there.`);
      } catch (error) {
        toasts.error(error);
      }
    },
    async stop() {
      try {
        await api.call('demo.stop', {});
        useApp.setState({ demoUrl: null });
        toasts.info('The demo backend has stopped.');
      } catch (error) {
        toasts.error(error);
      }
    },
  };
}
