import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber, DocumentText, DocumentValue } from '../fields/DocumentFields';
import { objectAt } from '../model/document-value';
import styles from './form.module.css';
import { LineList } from './LineList';
import { StatusField } from './StatusField';

/** What the response must be like. */
export function ExpectFields({ path }: { path: DocumentPath }) {
  return (
    <>
      <div className={styles.row}>
        <StatusField path={[...path, 'status']} />
        <DocumentNumber path={[...path, 'maxLatencyMs']} unit="ms" placeholder="any" min={1} step={100} />
      </div>
      <DocumentText path={[...path, 'bodyContains']} placeholder="any text" optional mono />
      <JsonExpectations path={[...path, 'bodyJson']} />
      <HeaderExpectations path={[...path, 'headers']} />
    </>
  );
}

function JsonExpectations({ path }: { path: DocumentPath }) {
  return (
    <LineList path={path} word="JSON expectation" newEntry={() => ({ path: '$.', equals: '' })}>
      {(place, number) => (
        <div className={styles.line} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto minmax(0, 1fr)' }}>
          <DocumentText
            path={[...place, 'path']}
            label={`JSON path ${number}`}
            labelPlace="hidden"
            placeholder="e.g. $.status"
            mono
          />
          <span className={styles.between}>equals</span>
          <DocumentValue
            path={[...place, 'equals']}
            label={`Value at JSON path ${number}`}
            labelPlace="hidden"
            placeholder="e.g. ok"
          />
        </div>
      )}
    </LineList>
  );
}

const HEADER_CHECKS = [
  { value: 'present', label: 'is present' },
  { value: 'equals', label: 'equals' },
  { value: 'contains', label: 'contains' },
];

function HeaderExpectations({ path }: { path: DocumentPath }) {
  return (
    <LineList path={path} word="header expectation" newEntry={() => ({ name: '' })}>
      {(place, number) => <HeaderExpectation path={place} number={number} />}
    </LineList>
  );
}

function HeaderExpectation({ path, number }: { path: DocumentPath; number: number }) {
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
        gridTemplateColumns: check === 'present' ? 'minmax(0, 1fr) 112px' : 'minmax(0, 1fr) 112px minmax(0, 1fr)',
      }}
    >
      <DocumentText
        path={[...path, 'name']}
        label={`Name of header ${number}`}
        labelPlace="hidden"
        placeholder="e.g. Content-Type"
        mono
      />
      <Select label={`Check of header ${number}`} labelPlace="hidden" value={check} options={HEADER_CHECKS} onChange={pick} />
      {check !== 'present' && (
        <DocumentText path={[...path, check]} label={`Text of header ${number}`} labelPlace="hidden" mono />
      )}
    </div>
  );
}
