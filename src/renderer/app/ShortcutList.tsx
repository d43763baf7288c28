import { ACTION_LIST, type ActionMenu } from '../../shared/api/action-list';
import { Kbd } from '../ui/Kbd';
import { useApp } from './app-store';
import styles from './ShortcutList.module.css';
import { usableShortcut } from './usable-shortcut';

const MENUS: readonly { menu: ActionMenu; title: string }[] = [
  { menu: 'file', title: 'Scenario' },
  { menu: 'edit', title: 'Edit' },
  { menu: 'run', title: 'Run' },
  { menu: 'view', title: 'Views' },
  { menu: 'help', title: 'Help' },
];

/** What each shortcut does. */
export function ShortcutList() {
  const info = useApp((state) => state.info);
  return (
    <div className={styles.groups}>
      {MENUS.map(({ menu, title }) => (
        <section key={menu} aria-label={title}>
          <h3 className={styles.title}>{title}</h3>
          <dl className={styles.list}>
            {ACTION_LIST.filter((action) => action.menu === menu).map((action) => {
              const shortcut = usableShortcut(action, info);
              return (
                shortcut && (
                  <div key={action.id} className={styles.line}>
                    <dt>{action.label}</dt>
                    <dd>
                      <Kbd shortcut={shortcut} />
                    </dd>
                  </div>
                )
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}
