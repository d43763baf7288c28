import { Field as BaseField } from '@base-ui/react/field';
import type { KeyboardEventHandler, Ref } from 'react';
import { classNames } from './class-names';
import control from './control.module.css';
import { Field, type FieldProps } from './Field';

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange(value: string): void;
  onBlur?(): void;
  onKeyDown?: KeyboardEventHandler<HTMLElement>;
  placeholder?: string;
  /** For paths, bodies and other code. */
  mono?: boolean;
  /** Lines of a text area; a single line without. */
  rows?: number;
  type?: 'text' | 'search' | 'url' | 'password';
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** A text. */
export function TextField({
  value,
  onChange,
  onBlur,
  onKeyDown,
  placeholder,
  mono,
  rows,
  type = 'text',
  autoFocus,
  inputRef,
  ...field
}: TextFieldProps) {
  return (
    <Field {...field}>
      <BaseField.Control
        ref={inputRef}
        aria-required={field.required || undefined}
        value={value}
        onValueChange={onChange}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        type={rows ? undefined : type}
        spellCheck={false}
        autoComplete="off"
        autoFocus={autoFocus}
        render={rows ? <textarea rows={rows} /> : undefined}
        className={classNames(control.control, mono && control.mono, rows && control.area)}
      />
    </Field>
  );
}
