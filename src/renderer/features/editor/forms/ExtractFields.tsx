import { Plus, X } from 'lucide-react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { useProblemAt, useWarningAt } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber, DocumentText } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { isObject, listAt, objectAt, textAt } from '../model/document-value';
import { uniqueName } from '../model/unique-name';
import styles from './form.module.css';

const SOURCES = [
  { value: 'jsonPath', label: 'JSON path', description: 'The first match in a JSON body.' },
  { value: 'header', label: 'Header', description: 'The value of a response header.' },
  { value: 'regex', label: 'Regular expression', description: 'A group of the first match in the body.' },
];

const PLACEHOLDERS: Record<string, string> = { jsonPath: '$.token', header: 'Location', regex: 'token=(\\w+)' };

/** Values taken out of the response into variables of the node. */
export function ExtractFields({ path }: { path: DocumentPath }) {
  const extractions = useEditor((state) => listAt(state.document, path));
  const put = (next: readonly unknown[], label: string) =>
    editorActions.setValue(path, next.length === 0 ? undefined : next, label);
  const add = () => {
    const names = extractions.map((extraction) => textAt(extraction, ['variable']));
    put([...extractions, { variable: uniqueName('token', names, '_'), jsonPath: '$.token' }], 'Add extraction');
  };
  return (
    <Place path={path} className={styles.lines}>
      {extractions.map((_, index) => (
        <Extraction
          // biome-ignore lint/suspicious/noArrayIndexKey: extractions have no identity but their place
          key={index}
          path={[...path, index]}
          number={index + 1}
          onRemove={() => put(extractions.toSpliced(index, 1), 'Remove extraction')}
        />
      ))}
      {extractions.length === 0 && <p className={styles.note}>Take a value out of the response to use it in later requests.</p>}
      <Button size="small" icon={<Plus />} className={styles.add} onClick={add}>
        Add extraction
      </Button>
    </Place>
  );
}

function Extraction({ path, number, onRemove }: { path: DocumentPath; number: number; onRemove(): void }) {
  const extraction = useEditor((state) => objectAt(state.document, path));
  const error = useProblemAt(formatPath(path));
  const warning = useWarningAt(formatPath(path));
  const source = SOURCES.find(({ value }) => extraction[value] !== undefined)?.value ?? 'jsonPath';
  const pick = (next: string) => {
    if (next === source || !isObject(extraction)) return;
    const { jsonPath, header, regex, group, ...rest } = extraction;
    editorActions.setValue(path, { ...rest, [next]: PLACEHOLDERS[next] }, 'Change extraction');
  };
  const columns = source === 'regex' ? '140px minmax(0, 1fr) 84px' : '140px minmax(0, 1fr)';
  return (
    <Place path={path} className={styles.lines}>
      <div className={styles.line} style={{ gridTemplateColumns: `minmax(96px, 1fr) minmax(0, 3fr) 28px` }}>
        <DocumentText
          path={[...path, 'variable']}
          label={`Variable of extraction ${number}`}
          labelPlace="hidden"
          placeholder="token"
          mono
        />
        <div className={styles.line} style={{ gridTemplateColumns: columns }}>
          <Select label={`Source of extraction ${number}`} labelPlace="hidden" value={source} options={SOURCES} onChange={pick} />
          <DocumentText
            path={[...path, source]}
            label={`${SOURCES.find(({ value }) => value === source)?.label} of extraction ${number}`}
            labelPlace="hidden"
            placeholder={PLACEHOLDERS[source]}
            mono
          />
          {source === 'regex' && (
            <DocumentNumber
              path={[...path, 'group']}
              label={`Group of extraction ${number}`}
              labelPlace="hidden"
              unit="group"
              placeholder="1"
              min={0}
            />
          )}
        </div>
        <IconButton label={`Remove extraction ${number}`} icon={<X />} onClick={onRemove} />
      </div>
      {error && <p className={styles.error}>{error}</p>}
      {!error && warning && <p className={styles.note}>{warning}</p>}
    </Place>
  );
}
