import type { ApiClient } from '../../shared/api/client';
import { ApiError } from '../../shared/api/reply';
import type { RouteInput } from '../../shared/api/routes';
import { placeWords } from '../../shared/scenario/place-words';
import { toasts } from '../ui/toasts';
import { documentActions, problemSentence, useDocument } from './document-store';
import { withFileConsent } from './file-consent';
import { keepRecentScenario } from './recent-scenarios';
import { withTestPermission } from './test-permission';
import { viewActions } from './view-store';

/** What a run can be started with beside its scenario. */
export type RunOverrides = Omit<RouteInput<'runs.start'>, 'text' | 'path' | 'allowFiles'>;

/** Starting, stopping and editing the run. Failures reach the user as toasts; the result says whether it was done. */
export interface RunCommands {
  start(overrides?: RunOverrides): Promise<boolean>;
  /** First gracefully, the second time at once. */
  stop(): Promise<boolean>;
  edit(nodes: number, spawnRate: number): Promise<boolean>;
  resetStatistics(): Promise<boolean>;
}

export function createRunCommands(api: ApiClient): RunCommands {
  /** `work` resolves to false when the user thought better of it. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      return (await work()) !== false;
    } catch (error) {
      toasts.error(error instanceof ApiError ? withFirstDetail(error) : error);
      return false;
    }
  }

  return {
    start: (overrides = {}) =>
      attempt(async () => {
        const text = documentActions.currentText();
        const { path } = useDocument.getState();
        const started = await withTestPermission((mayTest) =>
          withFileConsent((allowFiles) => api.call('runs.start', { ...overrides, text, path, allowFiles, mayTest })),
        );
        if (started === null) return false;
        viewActions.show({ name: 'live', runId: 'current' });
        void keepRecentScenario(api, text);
        return true;
      }),
    stop: () => attempt(() => api.call('runs.stop', {})),
    edit: (nodes, spawnRate) => attempt(() => api.call('runs.edit', { nodes, spawnRate })),
    resetStatistics: () =>
      attempt(async () => {
        await api.call('runs.resetStatistics', {});
        toasts.info('Statistics reset. The stored run is not affected.');
      }),
  };
}

/** A refused document is told with its first problem and the place. */
function withFirstDetail(error: ApiError): Error {
  const first = error.details?.[0];
  if (!first || error.code === 'needs-consent') return error;
  const place = first.path === '' ? '' : ` (${placeWords(useDocument.getState().document, first.path)})`;
  return new Error(`${error.message} ${problemSentence(first)}${place}`);
}
