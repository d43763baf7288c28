import { ACTION_LIST, type ActionMenu } from '../../shared/api/action-list';
import { Kbd } from '../ui/Kbd';
import { useApp } from './app-store';
import styles from './ShortcutList.module.css';

const MENUS: readonly { menu: ActionMenu; title: string }[] = [
  { menu: 'file', title: 'Scenario' },
  { menu: 'edit', title: 'Edit' },
  { menu: 'run', title: 'Run' },
  { menu: 'view', title: 'Views' },
  { menu: 'help', title: 'Help' },
];

/** A browser opens a window of its own by these. */
const TAKEN_BY_BROWSERS: ReadonlySet<string> = new Set(['document.new']);

/** What each shortcut does. */
export function ShortcutList() {
  const isDesktop = useApp((state) => state.info?.host === 'desktop');
  return (
    <div className={styles.groups}>
      {MENUS.map(({ menu, title }) => (
        <section key={menu} aria-label={title}>
          <h3 className={styles.title}>{title}</h3>
          <dl className={styles.list}>
            {ACTION_LIST.filter((action) => action.menu === menu && action.shortcut !== null)
              .filter((action) => isDesktop || !TAKEN_BY_BROWSERS.has(action.id))
              .map((action) => (
                <div key={action.id} className={styles.line}>
                  <dt>{action.label}</dt>
                  <dd>{action.shortcut && <Kbd shortcut={action.shortcut} />}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
