import { Plus, X } from 'lucide-react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber, DocumentText, DocumentValue } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { listAt, objectAt } from '../model/document-value';
import styles from './form.module.css';
import { StatusField } from './StatusField';

/** What the response must be like. */
export function ExpectFields({ path }: { path: DocumentPath }) {
  return (
    <>
      <div className={styles.row}>
        <StatusField path={[...path, 'status']} />
        <DocumentNumber path={[...path, 'maxLatencyMs']} label="Longest latency" unit="ms" placeholder="any" min={1} step={100} />
      </div>
      <DocumentText path={[...path, 'bodyContains']} label="Body contains" placeholder="any text" optional mono />
      <JsonExpectations path={[...path, 'bodyJson']} />
      <HeaderExpectations path={[...path, 'headers']} />
    </>
  );
}

function useList(path: DocumentPath, word: string) {
  const list = useEditor((state) => listAt(state.document, path));
  const put = (next: readonly unknown[], label: string) =>
    editorActions.setValue(path, next.length === 0 ? undefined : next, label);
  return {
    list,
    add: (entry: unknown) => put([...list, entry], `Add ${word}`),
    remove: (index: number) => put(list.toSpliced(index, 1), `Remove ${word}`),
  };
}

function JsonExpectations({ path }: { path: DocumentPath }) {
  const { list, add, remove } = useList(path, 'JSON expectation');
  return (
    <Place path={path} className={styles.lines}>
      {list.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: expectations have no identity but their place
        <div key={index} className={styles.line} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto minmax(0, 1fr) 28px' }}>
          <DocumentText
            path={[...path, index, 'path']}
            label={`JSON path ${index + 1}`}
            labelPlace="hidden"
            placeholder="$.status"
            mono
          />
          <span className={styles.between}>equals</span>
          <DocumentValue
            path={[...path, index, 'equals']}
            label={`Value at JSON path ${index + 1}`}
            labelPlace="hidden"
            placeholder="ok"
          />
          <IconButton label={`Remove JSON expectation ${index + 1}`} icon={<X />} onClick={() => remove(index)} />
        </div>
      ))}
      <Button size="small" icon={<Plus />} className={styles.add} onClick={() => add({ path: '$.', equals: '' })}>
        Add JSON expectation
      </Button>
    </Place>
  );
}

const HEADER_CHECKS = [
  { value: 'present', label: 'is there' },
  { value: 'equals', label: 'equals' },
  { value: 'contains', label: 'contains' },
];

function HeaderExpectations({ path }: { path: DocumentPath }) {
  const { list, add, remove } = useList(path, 'header expectation');
  return (
    <Place path={path} className={styles.lines}>
      {list.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: expectations have no identity but their place
        <HeaderExpectation key={index} path={[...path, index]} number={index + 1} onRemove={() => remove(index)} />
      ))}
      <Button size="small" icon={<Plus />} className={styles.add} onClick={() => add({ name: '' })}>
        Add header expectation
      </Button>
    </Place>
  );
}

function HeaderExpectation({ path, number, onRemove }: { path: DocumentPath; number: number; onRemove(): void }) {
  const header = useEditor((state) => objectAt(state.document, path));
  const check = header.equals !== undefined ? 'equals' : header.contains !== undefined ? 'contains' : 'present';
  const pick = (next: string) => {
    const { equals, contains, ...rest } = header;
    const text = equals ?? contains ?? '';
    editorActions.setValue(path, next === 'present' ? rest : { ...rest, [next]: text }, 'Change header expectation');
  };
  return (
    <div
      className={styles.line}
      style={{
        gridTemplateColumns: check === 'present' ? 'minmax(0, 1fr) 112px 28px' : 'minmax(0, 1fr) 112px minmax(0, 1fr) 28px',
      }}
    >
      <DocumentText
        path={[...path, 'name']}
        label={`Name of header ${number}`}
        labelPlace="hidden"
        placeholder="Content-Type"
        mono
      />
      <Select label={`Check of header ${number}`} labelPlace="hidden" value={check} options={HEADER_CHECKS} onChange={pick} />
      {check !== 'present' && (
        <DocumentText path={[...path, check]} label={`Text of header ${number}`} labelPlace="hidden" mono />
      )}
      <IconButton label={`Remove header expectation ${number}`} icon={<X />} onClick={onRemove} />
    </div>
  );
}
