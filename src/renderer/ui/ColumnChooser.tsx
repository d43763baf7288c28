import { Columns3 } from 'lucide-react';
import { IconButton } from './IconButton';
import { Menu } from './Menu';

interface ColumnChooserProps {
  columns: readonly { id: string; header: string; unit?: string; required?: boolean }[];
  hidden: readonly string[];
  onChange(hidden: string[]): void;
}

/** The menu of the columns of a table. */
export function ColumnChooser({ columns, hidden, onChange }: ColumnChooserProps) {
  const toggle = (id: string) => onChange(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]);
  const items = columns
    .filter((column) => !column.required)
    .map((column) => ({
      id: column.id,
      label: column.unit ? `${column.header} (${column.unit})` : column.header,
      checked: !hidden.includes(column.id),
      onSelect: () => toggle(column.id),
    }));
  return (
    <Menu
      align="end"
      trigger={<IconButton label="Columns" icon={<Columns3 />} />}
      groups={[{ id: 'columns', label: 'Columns', items }]}
    />
  );
}
