import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { classNames } from './class-names';
import { Kbd } from './Kbd';
import styles from './Menu.module.css';
import popup from './popup.module.css';

export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  shortcut?: string;
  /** One sentence under the label. */
  description?: string;
  disabled?: boolean;
  danger?: boolean;
  /** Makes it an item that can be ticked; the menu then stays open. */
  checked?: boolean;
  onSelect(): void;
}

export interface MenuGroup {
  id: string;
  label?: string;
  items: readonly MenuItem[];
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  groups: readonly MenuGroup[];
  align?: 'start' | 'center' | 'end';
  /** Says what has the focus once it is closed; true: the trigger, as without. */
  finalFocus?(): HTMLElement | true;
}

/** A list of things to do, at a button. */
export function Menu({ trigger, groups, align = 'start', finalFocus }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} sideOffset={4} className={popup.positioner}>
          <BaseMenu.Popup finalFocus={finalFocus} className={classNames(popup.popup, styles.menu)}>
            {groups
              .filter((group) => group.items.length > 0)
              .map((group, index) => (
                <Fragment key={group.id}>
                  {index > 0 && <BaseMenu.Separator className={popup.separator} />}
                  <BaseMenu.Group>
                    {group.label && <BaseMenu.GroupLabel className={popup.groupLabel}>{group.label}</BaseMenu.GroupLabel>}
                    {group.items.map((item) => (
                      <MenuEntry key={item.id} item={item} />
                    ))}
                  </BaseMenu.Group>
                </Fragment>
              ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

function MenuEntry({ item }: { item: MenuItem }) {
  const className = classNames(popup.item, item.danger && styles.danger);
  if (item.checked !== undefined) {
    return (
      <BaseMenu.CheckboxItem
        checked={item.checked}
        onCheckedChange={item.onSelect}
        disabled={item.disabled}
        className={className}
      >
        <span className={styles.icon}>
          <BaseMenu.CheckboxItemIndicator>
            <Check />
          </BaseMenu.CheckboxItemIndicator>
        </span>
        <Texts item={item} />
      </BaseMenu.CheckboxItem>
    );
  }
  return (
    <BaseMenu.Item onClick={item.onSelect} disabled={item.disabled} className={className}>
      {item.icon && (
        <span className={styles.icon} aria-hidden="true">
          {item.icon}
        </span>
      )}
      <Texts item={item} />
      {item.shortcut && (
        <span className={styles.shortcut} aria-hidden="true">
          <Kbd shortcut={item.shortcut} />
        </span>
      )}
    </BaseMenu.Item>
  );
}

function Texts({ item }: { item: MenuItem }) {
  return (
    <span className={styles.texts}>
      <span>{item.label}</span>
      {item.description && <span className={popup.note}>{item.description}</span>}
    </span>
  );
}
