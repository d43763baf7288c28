import { ChevronDown } from 'lucide-react';
import { Button } from '../ui/Button';
import { Menu, type MenuItem } from '../ui/Menu';
import { Tooltip } from '../ui/Tooltip';
import { VisuallyHidden } from '../ui/VisuallyHidden';
import { useApp } from './app-store';
import styles from './DocumentBar.module.css';
import { useDocument } from './document-store';
import { LoadInputs } from './LoadInputs';
import { ProblemsPopover } from './ProblemsPopover';
import { RunControls } from './RunControls';
import { useServices } from './services-context';
import { type UsableAction, useAction } from './use-action';

/** The scenario that is open: its name, its three inputs, and the one thing to do with it. */
export function DocumentBar() {
  const open = useDocument((state) => state.open);
  return (
    <header className={styles.bar}>
      <DocumentMenu />
      {open && <LoadInputs />}
      <span className={styles.gap} />
      {open && <ProblemsPopover />}
      <RunControls />
    </header>
  );
}

function DocumentMenu() {
  const open = useDocument((state) => state.open);
  const name = useDocument((state) => state.document?.name);
  const dirty = useDocument((state) => state.dirty);
  const path = useDocument((state) => state.path);
  const recent = useApp((state) => state.info?.recent);
  const { files } = useServices();
  const actions = {
    create: useAction('document.new'),
    open: useAction('document.open'),
    save: useAction('document.save'),
    saveAs: useAction('document.saveAs'),
    undo: useAction('edit.undo'),
    redo: useAction('edit.redo'),
  };
  const isDesktop = useApp((state) => state.info?.host === 'desktop');
  const title = open ? name || 'Scenario without a name' : 'No scenario';
  return (
    <div className={styles.document}>
      <Menu
        trigger={
          <Button variant="ghost" className={styles.name}>
            <span dir="auto" title={title} className={styles.nameText}>
              {title}
            </span>
            <ChevronDown className={styles.chevron} aria-hidden="true" />
          </Button>
        }
        groups={[
          {
            id: 'file',
            items: [
              item('new', actions.create),
              item('open', actions.open),
              item('save', actions.save),
              ...(isDesktop ? [item('saveAs', actions.saveAs)] : []),
            ],
          },
          { id: 'edit', items: [item('undo', actions.undo), item('redo', actions.redo)] },
          {
            id: 'recent',
            label: 'Recent',
            items: (recent ?? []).slice(0, 6).map((file) => ({
              id: file.path ?? file.name,
              label: file.name,
              description: file.path ?? undefined,
              onSelect: () => void files.openRecent(file),
            })),
          },
        ]}
      />
      {/* Its place is kept: the fields beside it do not move with the first change. */}
      {open && (
        <span className={styles.dirty}>
          {dirty && (
            <Tooltip content={path ? `Changed since it was saved to ${path}` : 'Not saved yet'}>
              <span>
                <span aria-hidden="true">●</span>
                <VisuallyHidden>Unsaved changes</VisuallyHidden>
              </span>
            </Tooltip>
          )}
        </span>
      )}
    </div>
  );
}

function item(id: string, action: UsableAction): MenuItem {
  return {
    id,
    label: action.label,
    shortcut: action.shortcut ?? undefined,
    disabled: action.hindrance !== null,
    onSelect: action.run,
  };
}
