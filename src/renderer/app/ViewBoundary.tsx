import { Component, type ReactNode } from 'react';
import { ErrorState } from '../ui/EmptyState';
import { errorSentence } from '../ui/toasts';

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
    return (
      <ErrorState
        title={`The ${this.props.name} view met a mistake of this program`}
        message={`Your scenario and your runs are safe. The mistake: ${errorSentence(this.state.error)}`}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
