import type { ReactNode } from 'react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { NumberField } from '../../../ui/NumberField';
import { Select, type SelectOption } from '../../../ui/Select';
import { Switch } from '../../../ui/Switch';
import { TextField } from '../../../ui/TextField';
import { scalarKind, scalarOf, scalarText } from '../model/scalar-text';
import styles from './DocumentFields.module.css';
import { Place } from './Place';
import { useField } from './use-field';
import { useTyping } from './use-typing';

interface DocumentFieldProps {
  path: DocumentPath;
  /** Where it is not what the field of this place is called anyway. */
  label?: string | undefined;
  hint?: ReactNode;
  labelPlace?: 'above' | 'beside' | 'hidden';
  className?: string;
}

/** A text of the document. */
export function DocumentText({
  path,
  optional,
  onValue,
  ...field
}: DocumentFieldProps & {
  placeholder?: string;
  mono?: boolean;
  rows?: number;
  type?: 'text' | 'password' | 'url';
  /** Empty means that the document says nothing. */
  optional?: boolean;
  /** Instead of putting the text at the place. */
  onValue?(text: string): void;
}) {
  const { label, value, set, ...state } = useField(path, field.label);
  const shown = typeof value === 'string' ? value : scalarText(value);
  return (
    <Place path={path} className={field.className}>
      <TextField
        {...field}
        label={label}
        className={undefined}
        value={shown}
        onChange={onValue ?? ((text) => set(optional && text === '' ? undefined : text))}
        {...state}
      />
    </Place>
  );
}

/** A number of the document; empty means that it says nothing, and then the default (shown faintly) holds. */
export function DocumentNumber({
  path,
  ...field
}: DocumentFieldProps & { unit?: string; min?: number; max?: number; step?: number; placeholder?: string }) {
  const { label, value, set, ...state } = useField(path, field.label);
  return (
    <Place path={path} className={field.className}>
      <NumberField
        {...field}
        label={label}
        className={undefined}
        value={typeof value === 'number' ? value : null}
        onChange={(number) => set(number ?? undefined)}
        {...state}
      />
    </Place>
  );
}

/** One of a few texts of the document. */
export function DocumentChoice({
  path,
  options,
  fallback,
  ...field
}: DocumentFieldProps & {
  options: readonly SelectOption<string>[] /** What holds when the document says nothing. */;
  fallback: string;
}) {
  const { label, value, set, ...state } = useField(path, field.label);
  const shown = typeof value === 'string' ? value : fallback;
  const known = options.some((option) => option.value === shown) ? options : [...options, { value: shown, label: shown }];
  return (
    <Place path={path} className={field.className}>
      <Select {...field} label={label} className={undefined} value={shown} options={known} onChange={set} {...state} />
    </Place>
  );
}

/** Yes or no. */
export function DocumentSwitch({ path, hint, fallback, ...field }: DocumentFieldProps & { fallback: boolean }) {
  const { label, value, set, error } = useField(path, field.label);
  return (
    <Place path={path}>
      <Switch label={label} hint={error ?? hint} checked={typeof value === 'boolean' ? value : fallback} onChange={set} />
    </Place>
  );
}

/** A value of any kind: numbers, true, false and null as such, a text in quotes or as it is. Says what it was taken for. */
export function DocumentValue({ path, ...field }: DocumentFieldProps & { placeholder?: string }) {
  const { label, value, set, ...state } = useField(path, field.label);
  const typing = useTyping(
    scalarText(value),
    (text) => set(scalarOf(text)),
    (text) => scalarOf(text) === value,
  );
  return (
    <Place path={path} className={field.className}>
      <div className={styles.valueField}>
        <TextField {...field} label={label} className={undefined} mono {...typing} {...state} />
        <span className={field.labelPlace === 'hidden' ? styles.kind : styles.kindBelowLabel} aria-hidden="true">
          {scalarKind(value)}
        </span>
      </div>
    </Place>
  );
}
