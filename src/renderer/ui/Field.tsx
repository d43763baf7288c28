import { Field as BaseField } from '@base-ui/react/field';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './Field.module.css';

/** What all fields have beside their control. */
export interface FieldProps {
  label: string;
  /** One sentence under the control. */
  hint?: ReactNode;
  /** What is wrong, as a sentence; marks the control invalid. */
  error?: string | null;
  /** It has to be filled in and is not yet, which is no mistake so far. */
  required?: boolean;
  /** What is doubtful, as a sentence. */
  warning?: string | null;
  /** above: a column of fields. beside: a line with the label on the left. hidden: the label is only spoken. */
  labelPlace?: 'above' | 'beside' | 'hidden';
  /** The message is spoken only: where it stands in sight elsewhere and would break a line. */
  quiet?: boolean;
  disabled?: boolean;
  className?: string;
}

/** Label, control and message, tied together for assistive technology. Inside: an input of `TextField`, `NumberField`, … or `BaseField.Control`. */
export function Field({
  label,
  hint,
  error,
  warning,
  required,
  labelPlace = 'above',
  quiet,
  disabled,
  className,
  children,
}: FieldProps & { children: ReactNode }) {
  return (
    <BaseField.Root
      invalid={Boolean(error)}
      disabled={disabled}
      className={classNames(styles.field, labelPlace === 'beside' && styles.beside, className)}
    >
      <BaseField.Label className={classNames(styles.label, labelPlace === 'hidden' && styles.hidden)}>
        {label}
        {/* Said by the control itself to those who do not see it. */}
        {required && labelPlace === 'above' && (
          <span className={styles.required} aria-hidden="true">
            required
          </span>
        )}
      </BaseField.Label>
      <div className={styles.body}>
        {children}
        {error && (
          <BaseField.Error match className={quiet ? styles.hidden : styles.error}>
            <CircleAlert aria-hidden="true" />
            <span>{error}</span>
          </BaseField.Error>
        )}
        {!error && !quiet && warning && (
          <BaseField.Description className={styles.warning}>
            <TriangleAlert aria-hidden="true" />
            <span>{warning}</span>
          </BaseField.Description>
        )}
        {hint && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>}
      </div>
    </BaseField.Root>
  );
}
