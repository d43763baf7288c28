import { FolderOpen } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { SettingsView } from '../features/settings/SettingsView';
import { WelcomeView } from '../features/welcome/WelcomeView';
import { EmptyState } from '../ui/EmptyState';
import { Spinner } from '../ui/Spinner';
import { useDocument } from './document-store';
import { OpenScenarioButtons } from './OpenScenarioButtons';
import { ViewBoundary } from './ViewBoundary';
import type { View } from './view-location';
import { useView } from './view-store';

const EditorView = lazy(async () => ({ default: (await import('../features/editor/EditorView')).EditorView }));
const LiveView = lazy(async () => ({ default: (await import('../features/live/LiveView')).LiveView }));
const CompareView = lazy(async () => ({ default: (await import('../features/compare/CompareView')).CompareView }));
const HistoryView = lazy(async () => ({ default: (await import('../features/history/HistoryView')).HistoryView }));

/** The view that is open. Views with large libraries of their own are loaded when they are first shown. */
export function ViewArea() {
  const view = useView((state) => state.view);
  return (
    <ViewBoundary key={view.name} name={view.name}>
      <Suspense fallback={<Spinner />}>
        <ViewOf view={view} />
      </Suspense>
    </ViewBoundary>
  );
}

function ViewOf({ view }: { view: View }): ReactNode {
  const open = useDocument((state) => state.open);
  switch (view.name) {
    case 'welcome':
      return <WelcomeView />;
    case 'editor':
      return open ? <EditorView /> : <NoScenario />;
    case 'live':
      return <LiveView key={view.runId} runId={view.runId} />;
    case 'history':
      return <HistoryView />;
    case 'compare':
      return <CompareView runIds={view.runIds} window={view.window ?? null} />;
    case 'settings':
      return <SettingsView />;
  }
}

function NoScenario() {
  return (
    <EmptyState headingLevel="h1" icon={<FolderOpen />} title="No scenario is open" actions={<OpenScenarioButtons />}>
      A scenario says what the nodes are, what they send, and how many of them there are.
    </EmptyState>
  );
}
