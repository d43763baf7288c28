import styles from './Kbd.module.css';
import { isApple, shortcutKeys } from './shortcut';

/** A shortcut (`Mod+Shift+Z`) as keys. */
export function Kbd({ shortcut }: { shortcut: string }) {
  return (
    <span className={styles.keys}>
      {shortcutKeys(shortcut, isApple()).map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
