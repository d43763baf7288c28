import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { Combobox } from '../../../ui/Combobox';
import { IconButton } from '../../../ui/IconButton';
import { editorActions, useEditor } from '../editor-store';
import { valueAt } from '../model/document-value';
import { type RecordRow, recordOf, repeatedNames, rowsMatch, rowsOf } from '../model/record-rows';
import styles from './RecordField.module.css';
import { TemplateField } from './TemplateField';

export interface RecordFieldProps {
  /** Place of the record. */
  path: DocumentPath;
  /** What an entry is called: `header`. */
  word: string;
  suggestions?: readonly string[];
  valuePlaceholder?: string;
}

/** Lines that are being typed and that a record cannot hold (yet): without name, or with one that is there already. By place. */
const unfinishedRows = new Map<string, readonly RecordRow[]>();

const NO_SUGGESTIONS: readonly string[] = [];

/** Names and values with placeholders: headers, query parameters, form fields. */
export function RecordField({ path, word, suggestions = NO_SUGGESTIONS, valuePlaceholder }: RecordFieldProps) {
  const place = formatPath(path);
  const record = useEditor((state) => valueAt(state.document, path));
  const [, setSerial] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const typed = unfinishedRows.get(place);
  const rows = typed && rowsMatch(typed, record) ? typed : rowsOf(record);
  const repeated = repeatedNames(rows);

  const put = (next: readonly RecordRow[]) => {
    unfinishedRows.set(place, next);
    setSerial((before) => before + 1);
    if (!rowsMatch(next, record)) editorActions.setValue(path, recordOf(next), `Change ${word}`);
  };
  const add = () => {
    put([...rows, { name: '', value: '' }]);
    requestAnimationFrame(() => listRef.current?.querySelector<HTMLInputElement>(':scope > :nth-last-child(2) input')?.focus());
  };
  return (
    <div ref={listRef} className={styles.rows}>
      {rows.map((row, index) => (
        <RecordLine
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place; a name changes with each letter
          key={index}
          path={path}
          row={row}
          word={word}
          number={index + 1}
          isRepeated={repeated.includes(index)}
          suggestions={suggestions}
          valuePlaceholder={valuePlaceholder}
          onChange={(next) => put(rows.toSpliced(index, 1, next))}
          onRemove={() => put(rows.toSpliced(index, 1))}
        />
      ))}
      <Button size="small" icon={<Plus />} onClick={add} className={styles.add}>
        Add {word}
      </Button>
    </div>
  );
}

interface RecordLineProps {
  path: DocumentPath;
  row: RecordRow;
  word: string;
  number: number;
  isRepeated: boolean;
  suggestions: readonly string[];
  valuePlaceholder?: string | undefined;
  onChange(row: RecordRow): void;
  onRemove(): void;
}

function RecordLine(props: RecordLineProps) {
  const { path, row, word, number, isRepeated, suggestions, valuePlaceholder, onChange, onRemove } = props;
  const isBlank = row.name === '' && row.value === '';
  const nameError = isRepeated ? `There already is a ${word} “${row.name}”; this line is not sent. Give it another name.` : null;
  return (
    <div className={styles.row}>
      <Combobox
        label={`Name of ${word} ${number}`}
        labelPlace="hidden"
        value={row.name}
        suggestions={suggestions}
        onChange={(name) => onChange({ ...row, name })}
        placeholder="Name"
        error={nameError}
        mono
      />
      <TemplateField
        path={isBlank || isRepeated ? [...path, `(line ${number})`] : [...path, row.name]}
        label={`Value of ${word} ${number}`}
        labelPlace="hidden"
        value={row.value}
        onChange={(value) => onChange({ ...row, value })}
        placeholder={valuePlaceholder ?? 'Value'}
      />
      <IconButton label={`Remove ${word} ${number}`} icon={<X />} onClick={onRemove} />
    </div>
  );
}
