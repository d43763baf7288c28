import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { classNames } from './class-names';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  title: string;
  /** What to do next. */
  children?: ReactNode;
  icon?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  headingLevel?: 'h1' | 'h2' | 'h3';
}

/** There is nothing here yet: says what would be, and how it comes. */
export function EmptyState({ title, children, icon, actions, headingLevel: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  title: string;
  /** The error's sentence: what happened, why, what to do. */
  message: string;
  onRetry?(): void;
  actions?: ReactNode;
}

/** It could not be shown: says why, and what to do. */
export function ErrorState({ title, message, onRetry, actions }: ErrorStateProps) {
  return (
    <div role="alert" className={styles.state}>
      <span className={classNames(styles.icon, styles.bad)} aria-hidden="true">
        <CircleAlert />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{message}</p>
      <div className={styles.actions}>
        {actions}
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
      </div>
    </div>
  );
}
