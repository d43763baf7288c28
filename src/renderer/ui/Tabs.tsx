import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import { memo, type ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './Tabs.module.css';

export interface Tab<Id extends string> {
  id: Id;
  label: string;
  /** A count or mark behind the label. */
  badge?: ReactNode;
  content: ReactNode;
}

export interface TabsProps<Id extends string> {
  /** Name of the list of tabs. */
  label: string;
  tabs: readonly Tab<Id>[];
  /** Without: the first tab at first, then as pressed. */
  value?: Id;
  onChange?(id: Id): void;
  /** At the end of the line of tabs. */
  aside?: ReactNode;
  className?: string;
}

/** Panels of which one is seen. Only the current one is mounted. */
export function Tabs<Id extends string>({ label, tabs, value, onChange, aside, className }: TabsProps<Id>) {
  return (
    <BaseTabs.Root
      value={value}
      defaultValue={value === undefined ? tabs[0]?.id : undefined}
      onValueChange={(next) => onChange?.(next)}
      className={classNames(styles.tabs, className)}
    >
      <div className={styles.bar}>
        <TabList label={label} tabs={tabs} />
        {aside}
      </div>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.id} value={tab.id} className={styles.panel}>
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}

type TabHead = Omit<Tab<string>, 'content'>;

/** Rendered anew only when it reads differently: what is in the panels changes more often. */
const TabList = memo(
  function TabList({ label, tabs }: { label: string; tabs: readonly TabHead[] }) {
    return (
      <BaseTabs.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <BaseTabs.Tab key={tab.id} value={tab.id} className={styles.tab}>
            {tab.label}
            {tab.badge !== undefined && tab.badge !== null && <span className={styles.badge}>{tab.badge}</span>}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
    );
  },
  (before, now) =>
    before.label === now.label &&
    before.tabs.length === now.tabs.length &&
    before.tabs.every((tab, index) => isSameHead(tab, now.tabs[index])),
);

function isSameHead(a: TabHead, b: TabHead | undefined): boolean {
  return a.id === b?.id && a.label === b.label && a.badge === b.badge;
}
