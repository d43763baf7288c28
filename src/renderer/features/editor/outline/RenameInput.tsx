import { useState } from 'react';
import { editorActions, useEditor } from '../editor-store';
import { textAt } from '../model/document-value';
import type { OutlineItem } from '../model/outline';
import { outlineCommands } from './outline-commands';
import styles from './RenameInput.module.css';

/** Stays the same function, so that it is called once and not at each letter. */
function selectAll(input: HTMLInputElement | null): void {
  input?.select();
}

/** The name of a line being written over: Enter or leaving takes it, Escape does not. */
export function RenameInput({ item }: { item: OutlineItem }) {
  const before = useEditor((state) =>
    textAt(state.document, item.kind === 'request' ? [...item.path, 'request', 'name'] : [...item.path, 'name']),
  );
  const [name, setName] = useState(before);
  const finish = (take: boolean) => {
    if (useEditor.getState().renamingId !== item.id) return;
    editorActions.setRenaming(null);
    if (take && name !== before) outlineCommands.rename(item, name);
  };
  return (
    <input
      ref={selectAll}
      className={styles.input}
      aria-label={`New name of ${item.label}`}
      value={name}
      spellCheck={false}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => finish(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        const line = event.currentTarget.closest<HTMLElement>('[role="treeitem"]');
        finish(event.key === 'Enter');
        line?.focus();
      }}
    />
  );
}
