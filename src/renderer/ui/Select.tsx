import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { classNames } from './class-names';
import control from './control.module.css';
import { Field, type FieldProps } from './Field';
import popup from './popup.module.css';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** One sentence under the label. */
  description?: string;
}

export interface SelectProps<Value extends string> extends FieldProps {
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange(value: Value): void;
}

/** One of a few. */
export function Select<Value extends string>({ value, options, onChange, ...field }: SelectProps<Value>) {
  return (
    <Field {...field}>
      <BaseSelect.Root
        items={options}
        value={value}
        onValueChange={(next) => next !== null && onChange(next)}
        disabled={field.disabled}
      >
        <BaseSelect.Trigger className={classNames(control.control, styles.trigger)} aria-label={field.label}>
          <BaseSelect.Value className={styles.value} />
          <BaseSelect.Icon className={styles.icon}>
            <ChevronsUpDown />
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false}>
            <BaseSelect.Popup className={classNames(popup.popup, styles.popup)}>
              <BaseSelect.List>
                {options.map((option) => (
                  <BaseSelect.Item key={option.value} value={option.value} className={classNames(popup.item, styles.item)}>
                    <BaseSelect.ItemIndicator className={styles.check}>
                      <Check />
                    </BaseSelect.ItemIndicator>
                    <span className={styles.texts}>
                      <BaseSelect.ItemText className={styles.label}>{option.label}</BaseSelect.ItemText>
                      {option.description && <span className={popup.note}>{option.description}</span>}
                    </span>
                  </BaseSelect.Item>
                ))}
              </BaseSelect.List>
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </Field>
  );
}
