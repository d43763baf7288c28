import { Autocomplete } from '@base-ui/react/autocomplete';
import { classNames } from './class-names';
import control from './control.module.css';
import { Field, type FieldProps } from './Field';
import popup from './popup.module.css';
import styles from './Select.module.css';

export interface ComboboxProps extends FieldProps {
  value: string;
  /** What is offered; any other text is taken too. */
  suggestions: readonly string[];
  onChange(value: string): void;
  placeholder?: string;
  mono?: boolean;
}

/** A text with suggestions. */
export function Combobox({ value, suggestions, onChange, placeholder, mono, ...field }: ComboboxProps) {
  return (
    <Field {...field}>
      <Autocomplete.Root items={suggestions} value={value} onValueChange={onChange} disabled={field.disabled} openOnInputClick>
        <Autocomplete.Input
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          className={classNames(control.control, mono && control.mono)}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className={popup.positioner} sideOffset={4}>
            <Autocomplete.Popup className={classNames(popup.popup, styles.popup)} hidden={suggestions.length === 0}>
              <Autocomplete.List>
                {(suggestion: string) => (
                  <Autocomplete.Item key={suggestion} value={suggestion} className={classNames(popup.item, mono && control.mono)}>
                    {suggestion}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </Field>
  );
}
