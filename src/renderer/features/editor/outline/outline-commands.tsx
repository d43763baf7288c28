import { ArrowDown, ArrowUp, Clock, Copy, CornerDownRight, Cpu, ListChecks, Pencil, Send, Trash2, Variable } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatPath } from '../../../../shared/scenario/problem';
import type { MenuGroup } from '../../../ui/Menu';
import { editorActions, useEditor } from '../editor-store';
import { listAt } from '../model/document-value';
import type { OutlineItem } from '../model/outline';
import { type Addition, additionsAt } from '../model/outline-additions';
import {
  addEntry,
  duplicateEntry,
  entryPlace,
  moveEntry,
  moveEntryBy,
  otherListsFor,
  removeEntry,
  renameEntry,
} from '../model/outline-edits';

export const ADDITION_ICONS: Record<Addition['make'], ReactNode> = {
  nodeType: <Cpu />,
  variable: <Variable />,
  task: <ListChecks />,
  request: <Send />,
  pause: <Clock />,
};

const document = () => useEditor.getState().document;

/** Adds an entry and goes to its first field. */
export function addAt({ listPath, make, index }: Addition): void {
  const edit = addEntry(document(), listPath, make, index);
  editorActions.apply(edit);
  const first = { request: ['request', 'path'], pause: ['pause', 'seconds'] } as const;
  const field = make === 'request' || make === 'pause' ? first[make] : ['name'];
  editorActions.reveal(formatPath([...edit.select, ...field]));
}

/** What can be done with a line. */
export const outlineCommands = {
  duplicate: ({ path }: OutlineItem) => editorActions.apply(duplicateEntry(document(), path)),
  remove: ({ path }: OutlineItem) => editorActions.apply(removeEntry(document(), path)),
  moveBy: ({ path }: OutlineItem, by: 1 | -1) => editorActions.apply(moveEntryBy(document(), path, by)),
  canRename: ({ path, kind }: OutlineItem) => renameEntry(document(), path, kind, '') !== null,
  rename: ({ path, kind }: OutlineItem, name: string) => editorActions.apply(renameEntry(document(), path, kind, name)),
};

/** More lists than this are no help in a menu; dragging reaches them all. */
const MAX_LISTS = 12;

/** The menu of a line. */
export function outlineMenu(item: OutlineItem): MenuGroup[] {
  const place = entryPlace(item.path);
  const additions: MenuGroup = {
    id: 'add',
    items: additionsAt(item).map((addition) => ({
      id: addition.make,
      label: addition.label,
      icon: ADDITION_ICONS[addition.make],
      onSelect: () => addAt(addition),
    })),
  };
  const rename = {
    id: 'rename',
    label: 'Rename',
    icon: <Pencil />,
    shortcut: 'F2',
    onSelect: () => editorActions.setRenaming(item.id),
  };
  if (!place) return [additions, { id: 'edit', items: outlineCommands.canRename(item) ? [rename] : [] }];
  const last = listAt(document(), place.listPath).length - 1;
  return [
    additions,
    {
      id: 'edit',
      items: [
        ...(outlineCommands.canRename(item) ? [rename] : []),
        {
          id: 'duplicate',
          label: 'Duplicate',
          icon: <Copy />,
          shortcut: 'Mod+D',
          onSelect: () => outlineCommands.duplicate(item),
        },
        {
          id: 'up',
          label: 'Move up',
          icon: <ArrowUp />,
          shortcut: 'Alt+↑',
          disabled: place.index === 0,
          onSelect: () => outlineCommands.moveBy(item, -1),
        },
        {
          id: 'down',
          label: 'Move down',
          icon: <ArrowDown />,
          shortcut: 'Alt+↓',
          disabled: place.index === last,
          onSelect: () => outlineCommands.moveBy(item, 1),
        },
      ],
    },
    {
      id: 'moveTo',
      label: 'Move to',
      items: otherListsFor(document(), item.path)
        .slice(0, MAX_LISTS)
        .map(({ listPath, label }) => ({
          id: formatPath(listPath),
          label,
          icon: <CornerDownRight />,
          onSelect: () => editorActions.apply(moveEntry(document(), item.path, listPath, listAt(document(), listPath).length)),
        })),
    },
    {
      id: 'delete',
      items: [
        {
          id: 'delete',
          label: 'Delete',
          icon: <Trash2 />,
          shortcut: 'Delete',
          danger: true,
          onSelect: () => outlineCommands.remove(item),
        },
      ],
    },
  ];
}
