import { Component, type ReactNode, useEffect, useState } from 'react';
import { Button } from '../ui/Button';
import { ErrorState } from '../ui/EmptyState';
import { Spinner } from '../ui/Spinner';
import { errorSentence, toasts } from '../ui/toasts';
import { useApp } from './app-store';
import { isAppUpdated, reloadPage } from './page-reload';

interface ViewBoundaryProps {
  /** Of the view, for the message. */
  name: string;
  children: ReactNode;
}

/** Keeps a mistake within one view from taking the rest of the app with it. */
export class ViewBoundary extends Component<ViewBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    if (isNotLoaded(this.state.error)) return <NotLoaded name={this.props.name} />;
    return (
      <ErrorState
        title={`The ${this.props.name} view ran into an error`}
        message={`Your scenario and your runs are safe. The error: ${errorSentence(this.state.error)}`}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}

function NotLoaded({ name }: { name: string }) {
  const [updated, setUpdated] = useState<boolean | null>(null);
  useEffect(() => void isAppUpdated().then(setUpdated), []);
  if (updated === null) return <Spinner />;
  if (updated) {
    return (
      <ErrorState
        title="Nodeswarm was updated"
        message={`The ${name} view now has another version than this page. Reload to use the new one; your edits are kept.`}
        actions={
          <Button variant="primary" onClick={reloadPage}>
            Reload
          </Button>
        }
      />
    );
  }
  return (
    <ErrorState
      title={`The ${name} view could not be loaded`}
      message="It comes from the server when it is first shown, and the server did not answer. Try again once it is back; your edits are kept."
      onRetry={loadAgain}
    />
  );
}

/** Whether a part of the app did not come from the server, in the words of Vite and of the browsers. */
function isNotLoaded(error: unknown): boolean {
  return error instanceof Error && /preload CSS|dynamically imported module|importing a module script/i.test(error.message);
}

/** Only a new page asks for a part again that failed once. */
function loadAgain(): void {
  if (useApp.getState().online) reloadPage();
  else toasts.info('The server still cannot be reached.');
}
