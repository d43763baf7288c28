import { Download, Ellipsis, Eye, GitCompareArrows, Pencil, Pin, PinOff, RotateCcw, StickyNote, Trash2 } from 'lucide-react';
import { RUN_EXPORTS } from '../../../shared/api/run-exports';
import type { HistoryRow } from '../../../shared/api/types';
import { IconButton } from '../../ui/IconButton';
import { Menu, type MenuItem } from '../../ui/Menu';
import type { RowCommands } from './row-commands';

interface RunMenuProps {
  row: HistoryRow;
  commands: RowCommands;
  /** By the tab key: only in the current row. */
  reachable: boolean;
}

/** Everything that can be done with a run. */
export function RunMenu({ row, commands, reachable }: RunMenuProps) {
  const running = row.status === 'running';
  const reference = commands.referenceFor(row);
  const runItems: MenuItem[] = [
    { id: 'open', label: 'Open', icon: <Eye />, shortcut: 'Enter', onSelect: () => commands.open(row) },
    {
      id: 'compare',
      label: compareLabel(row, reference),
      icon: <GitCompareArrows />,
      description: reference ? `#${reference.id} ${reference.name}` : 'There is no other run of this scenario.',
      disabled: !reference,
      onSelect: () => reference && commands.compareWith(row, reference),
    },
    {
      id: 'again',
      label: 'Run again…',
      icon: <RotateCcw />,
      description: 'Opens the scenario as it was then.',
      onSelect: () => commands.runAgain(row),
    },
  ];
  const editItems: MenuItem[] = [
    { id: 'rename', label: 'Rename', icon: <Pencil />, shortcut: 'F2', onSelect: () => commands.edit(row, 'name') },
    {
      id: 'note',
      label: row.note === '' ? 'Add a note' : 'Edit the note',
      icon: <StickyNote />,
      onSelect: () => commands.edit(row, 'note'),
    },
    {
      id: 'baseline',
      label: row.baseline ? 'Unpin as baseline' : 'Pin as baseline',
      icon: row.baseline ? <PinOff /> : <Pin />,
      onSelect: () => commands.toggleBaseline(row),
    },
  ];
  const exportItems: MenuItem[] = RUN_EXPORTS.map(({ format, label }) => ({
    id: format,
    label,
    icon: <Download />,
    onSelect: () => commands.export(row, format),
  }));
  const deleteItem: MenuItem = {
    id: 'delete',
    label: 'Delete',
    icon: <Trash2 />,
    shortcut: 'Delete',
    danger: true,
    disabled: running,
    ...(running ? { description: 'The run is in progress. Stop it first.' } : {}),
    onSelect: () => commands.deleteFrom(row),
  };
  return (
    <Menu
      align="end"
      trigger={<IconButton label={actionsLabel(row)} icon={<Ellipsis />} size="small" tabIndex={reachable ? 0 : -1} />}
      groups={[
        { id: 'run', items: runItems },
        { id: 'edit', items: editItems },
        { id: 'delete', items: [deleteItem] },
        { id: 'export', label: 'Export', items: exportItems },
      ]}
    />
  );
}

/** With the number, for runs of one scenario have one name. */
export function actionsLabel({ id, name }: HistoryRow): string {
  return `Actions on ${name}, run ${id}`;
}

function compareLabel(row: HistoryRow, reference: HistoryRow | null): string {
  if (reference?.baseline) return 'Compare with baseline';
  return reference && reference.startedAt > row.startedAt ? 'Compare with the run after' : 'Compare with the run before';
}
