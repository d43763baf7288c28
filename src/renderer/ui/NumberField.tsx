import { NumberField as BaseNumberField } from '@base-ui/react/number-field';
import type { KeyboardEventHandler, Ref } from 'react';
import { classNames } from './class-names';
import control from './control.module.css';
import { Field, type FieldProps } from './Field';
import styles from './NumberField.module.css';

export interface NumberFieldProps extends FieldProps {
  /** null: empty. */
  value: number | null;
  onChange(value: number | null): void;
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>;
  /** Bounds of the arrow keys only: what is typed is told to `onChange` as it is, for the document's own rules to judge. */
  min?: number;
  max?: number;
  step?: number;
  /** Shown behind the number (`s`, `ms`, `nodes`). */
  unit?: string;
  placeholder?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

const FORMAT: Intl.NumberFormatOptions = { maximumFractionDigits: 12 };

/** A number: locale-aware, arrow keys count. */
export function NumberField({
  value,
  onChange,
  onKeyDown,
  min,
  max,
  step,
  unit,
  placeholder,
  autoFocus,
  inputRef,
  ...field
}: NumberFieldProps) {
  return (
    <Field {...field}>
      <BaseNumberField.Root
        value={value}
        onValueChange={(next) => onChange(next)}
        min={min}
        max={max}
        step={step}
        allowOutOfRange
        format={FORMAT}
        disabled={field.disabled}
      >
        <BaseNumberField.Group className={styles.group}>
          <BaseNumberField.Input
            ref={inputRef}
            aria-required={field.required || undefined}
            onKeyDown={onKeyDown}
            placeholder={placeholder}
            autoFocus={autoFocus}
            className={classNames(control.control, styles.input, unit && styles.withUnit)}
          />
          {unit && (
            <span className={styles.unit} aria-hidden="true">
              {unit}
            </span>
          )}
        </BaseNumberField.Group>
      </BaseNumberField.Root>
    </Field>
  );
}
