import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import { classNames } from './class-names';
import control from './control.module.css';
import popup from './popup.module.css';
import { Select, type SelectOption } from './Select';
import select from './Select.module.css';
import searched from './search-popup.module.css';

/** More options than this are searched rather than read. */
const READABLE = 20;
/** More of those found are not laid out. */
const MOST_SHOWN = 200;

export interface LongSelectProps<Value extends string> {
  /** Only spoken. */
  label: string;
  /** What the search looks for, in the plural: `series`. */
  what: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange(value: Value): void;
  className?: string;
}

/** One of a few or of thousands: as `Select`, with a search over the options where there are many. */
export function LongSelect<Value extends string>(props: LongSelectProps<Value>) {
  const { label, what, value, options, onChange, className } = props;
  if (options.length <= READABLE) {
    return (
      <Select<Value>
        label={label}
        labelPlace="hidden"
        value={value}
        options={options}
        onChange={onChange}
        className={className}
      />
    );
  }
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <div className={className}>
      <Combobox.Root
        items={options}
        value={chosen}
        onValueChange={(option: SelectOption<Value> | null) => option && onChange(option.value)}
        itemToStringLabel={(option: SelectOption<Value>) => option.label}
        isItemEqualToValue={(one: SelectOption<Value>, other: SelectOption<Value>) => one.value === other.value}
        limit={MOST_SHOWN}
        autoHighlight
      >
        <Combobox.Trigger aria-label={label} className={classNames(control.control, select.trigger)}>
          <span className={select.value}>{chosen?.label}</span>
          <Combobox.Icon className={select.icon}>
            <ChevronsUpDown />
          </Combobox.Icon>
        </Combobox.Trigger>
        <Combobox.Portal>
          <Combobox.Positioner align="start" sideOffset={4} className={popup.positioner}>
            <Combobox.Popup className={classNames(popup.popup, searched.popup)} aria-label={label}>
              <Combobox.Input
                placeholder={`Search ${what}`}
                aria-label={`Search ${what}`}
                className={classNames(control.control, searched.search)}
              />
              <Combobox.Empty>
                <div className={searched.empty}>None of the {what} matches.</div>
              </Combobox.Empty>
              <Combobox.List className={searched.list}>
                {(option: SelectOption<Value>) => (
                  <Combobox.Item key={option.value} value={option} className={classNames(popup.item, select.item)}>
                    <Combobox.ItemIndicator className={select.check}>
                      <Check />
                    </Combobox.ItemIndicator>
                    <span className={select.texts} title={option.label}>
                      <span className={select.label}>{option.label}</span>
                    </span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}
