import { Plus } from 'lucide-react';
import { IconButton } from '../../../ui/IconButton';
import { Menu } from '../../../ui/Menu';
import { selectedItem, useEditor } from '../editor-store';
import { additionsAt } from '../model/outline-additions';
import styles from './OutlinePane.module.css';
import { OutlineTree } from './OutlineTree';
import { ADDITION_ICONS, addAt } from './outline-commands';

/** The scenario as a tree, with what can be added at the chosen line. */
export function OutlinePane() {
  const item = useEditor(selectedItem);
  const additions = item ? additionsAt(item) : [];
  return (
    <div className={styles.pane}>
      <div className={styles.header}>
        <h2 className={styles.title}>Scenario</h2>
        <Menu
          trigger={<IconButton label="Add" icon={<Plus />} size="small" />}
          align="end"
          groups={[
            {
              id: 'add',
              items: additions.map((addition) => ({
                id: addition.make,
                label: addition.label,
                icon: ADDITION_ICONS[addition.make],
                onSelect: () => addAt(addition),
              })),
            },
          ]}
        />
      </div>
      <OutlineTree />
    </div>
  );
}
