import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import control from './control.module.css';
import popup from './popup.module.css';
import styles from './SearchSelect.module.css';
import select from './Select.module.css';

export interface SearchSelectProps<Item> {
  /** Only spoken. */
  label: string;
  /** What the search looks for, in the plural: `series`. */
  what: string;
  items: readonly Item[];
  /** null: none yet. */
  value: Item | null;
  onChange(item: Item): void;
  /** Tells one item from all others. */
  keyOf(item: Item): string | number;
  /** What the search looks through. */
  textOf(item: Item): string;
  /** So many of those found are laid out. */
  limit: number;
  /** Said where nothing is found. */
  empty: string;
  triggerClassName?: string | undefined;
  /** What the closed field shows. */
  children: ReactNode;
  /** What a line of the list shows. */
  renderItem(item: Item): ReactNode;
}

/** One of many, found by a search. Looks as `Select` does. */
export function SearchSelect<Item>(props: SearchSelectProps<Item>) {
  const { label, what, items, value, onChange, keyOf, textOf, limit, empty, triggerClassName, children, renderItem } = props;
  return (
    <Combobox.Root
      items={items}
      value={value}
      onValueChange={(item: Item | null) => item !== null && onChange(item)}
      itemToStringLabel={textOf}
      isItemEqualToValue={(one: Item, other: Item) => keyOf(one) === keyOf(other)}
      limit={limit}
      autoHighlight
    >
      <Combobox.Trigger aria-label={label} className={classNames(control.control, select.trigger, triggerClassName)}>
        {children}
        <Combobox.Icon className={select.icon}>
          <ChevronsUpDown />
        </Combobox.Icon>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className={popup.positioner}>
          <Combobox.Popup className={classNames(popup.popup, styles.popup)} aria-label={label}>
            <Combobox.Input
              placeholder={`Search ${what}`}
              aria-label={`Search ${what}`}
              className={classNames(control.control, styles.search)}
            />
            <Combobox.Empty>
              <div className={styles.empty}>{empty}</div>
            </Combobox.Empty>
            <Combobox.List className={styles.list}>
              {(item: Item) => (
                <Combobox.Item key={keyOf(item)} value={item} className={classNames(popup.item, select.item)}>
                  <Combobox.ItemIndicator className={select.check}>
                    <Check />
                  </Combobox.ItemIndicator>
                  {renderItem(item)}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
