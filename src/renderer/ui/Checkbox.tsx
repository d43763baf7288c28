import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import styles from './Checkbox.module.css';

export interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  indeterminate?: boolean;
  disabled?: boolean;
  /** Only spoken: in tables, where the row says what it is about. */
  labelHidden?: boolean;
}

/** Chosen or not, to be acted on later. */
export function Checkbox({ label, checked, onChange, indeterminate, disabled, labelHidden }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox brings its own hidden input
    <label className={styles.checkbox}>
      <BaseCheckbox.Root
        checked={checked}
        indeterminate={indeterminate}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        aria-label={labelHidden ? label : undefined}
        className={styles.box}
      >
        <BaseCheckbox.Indicator className={styles.mark}>{indeterminate ? <Minus /> : <Check />}</BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      {!labelHidden && <span>{label}</span>}
    </label>
  );
}
