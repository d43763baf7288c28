import { useCallback, useEffect, useMemo, useState } from 'react';
import { useApi } from '../api/api-context';
import { ErrorState } from '../ui/EmptyState';
import styles from './App.module.css';
import { useApp } from './app-store';
import { ClosingBanner } from './ClosingBanner';
import { CommandPalette } from './CommandPalette';
import { DocumentBar } from './DocumentBar';
import { DropTarget } from './DropTarget';
import { createDemoCommands } from './demo-commands';
import { createDocumentFiles } from './document-files';
import { useDocument } from './document-store';
import { OfflineBanner } from './OfflineBanner';
import { isReloading, reloadPage } from './page-reload';
import { QuestionHost } from './QuestionHost';
import { Rail } from './Rail';
import { RunStrip } from './RunStrip';
import { createRunCommands } from './run-commands';
import { ShortcutsDialog } from './ShortcutsDialog';
import { StartRunDialog } from './StartRunDialog';
import { ServicesProvider } from './services-context';
import { useShortcuts } from './use-shortcuts';
import { useStart } from './use-start';
import { ViewArea } from './ViewArea';
import { viewActions } from './view-store';

/** The whole app: rail, document bar, view, run strip, and what floats above them. */
export function App() {
  const api = useApi();
  const services = useMemo(() => {
    const files = createDocumentFiles(api);
    return { files, runs: createRunCommands(api), demo: createDemoCommands(api, files), views: viewActions };
  }, [api]);
  const [error, setError] = useState<string | null>(null);
  const onError = useCallback((message: string | null) => setError(message), []);
  useStart(api, services.files, onError);
  useQuestionOnLeaving();

  return (
    <ServicesProvider services={services}>
      <Shell error={error} />
    </ServicesProvider>
  );
}

function Shell({ error }: { error: string | null }) {
  useShortcuts();
  const isKnown = useApp((state) => state.info !== null);
  return (
    <DropTarget>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('view')?.focus()}>
        Skip to the view
      </button>
      <div className={styles.shell}>
        <Rail />
        <div className={styles.page}>
          <OfflineBanner />
          <ClosingBanner />
          <DocumentBar />
          <main id="view" tabIndex={-1} className={styles.view}>
            {error !== null && !isKnown ? (
              <ErrorState title="Nodeswarm could not start" message={error} onRetry={reloadPage} />
            ) : (
              <ViewArea />
            )}
          </main>
          <RunStrip />
        </div>
      </div>
      <CommandPalette />
      <ShortcutsDialog />
      <StartRunDialog />
      <QuestionHost />
    </DropTarget>
  );
}

/** In a browser the tab asks before it is closed with unsaved changes; on the desktop main does. */
function useQuestionOnLeaving(): void {
  const isBrowser = useApp((state) => state.info?.host === 'browser');
  const dirty = useDocument((state) => state.dirty);
  useEffect(() => {
    if (!isBrowser || !dirty) return;
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!isReloading()) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [isBrowser, dirty]);
}
