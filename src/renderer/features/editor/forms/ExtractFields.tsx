import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { useProblemAt, useWarningAt } from '../../../app/document-store';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber, DocumentText } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { isObject, objectAt, textAt } from '../model/document-value';
import { uniqueName } from '../model/unique-name';
import styles from './form.module.css';
import { LineList } from './LineList';

const SOURCES = [
  { value: 'jsonPath', label: 'JSON path', description: 'The first match in a JSON body.' },
  { value: 'header', label: 'Header', description: 'The value of a response header.' },
  { value: 'regex', label: 'Regular expression', description: 'A group of the first match in the body.' },
];

/** What a source begins with, and the example in its empty field. */
const EXAMPLES: Record<string, string> = { jsonPath: '$.token', header: 'Location', regex: 'token=(\\w+)' };

/** Values taken out of the response into variables of the node. */
export function ExtractFields({ path }: { path: DocumentPath }) {
  return (
    <LineList
      path={path}
      word="extraction"
      empty="Take a value out of the response to use it in later requests."
      newEntry={(others) => withOwnVariable({ variable: 'token', jsonPath: '$.token' }, others)}
      copyOf={withOwnVariable}
    >
      {(place, number) => <Extraction path={place} number={number} />}
    </LineList>
  );
}

/** A copy of an extraction into a variable that none of the others writes to. */
function withOwnVariable(extraction: unknown, others: readonly unknown[]): unknown {
  const names = others.map((other) => textAt(other, ['variable']));
  return { ...objectAt(extraction, []), variable: uniqueName(textAt(extraction, ['variable']), names, '_') };
}

function Extraction({ path, number }: { path: DocumentPath; number: number }) {
  const extraction = useEditor((state) => objectAt(state.document, path));
  const error = useProblemAt(formatPath(path));
  const warning = useWarningAt(formatPath(path));
  const source = SOURCES.find(({ value }) => extraction[value] !== undefined)?.value ?? 'jsonPath';
  const pick = (next: string) => {
    if (next === source || !isObject(extraction)) return;
    const { jsonPath, header, regex, group, ...rest } = extraction;
    editorActions.setValue(path, { ...rest, [next]: EXAMPLES[next] }, 'Change extraction');
  };
  const columns = source === 'regex' ? '140px minmax(0, 1fr) 84px' : '140px minmax(0, 1fr)';
  return (
    <Place path={path} className={styles.lines}>
      <div className={styles.line} style={{ gridTemplateColumns: 'minmax(96px, 1fr) minmax(0, 3fr)' }}>
        <DocumentText
          path={[...path, 'variable']}
          label={`Variable of extraction ${number}`}
          labelPlace="hidden"
          placeholder="e.g. token"
          mono
        />
        <div className={styles.line} style={{ gridTemplateColumns: columns }}>
          <Select label={`Source of extraction ${number}`} labelPlace="hidden" value={source} options={SOURCES} onChange={pick} />
          <DocumentText
            path={[...path, source]}
            label={`${SOURCES.find(({ value }) => value === source)?.label} of extraction ${number}`}
            labelPlace="hidden"
            placeholder={`e.g. ${EXAMPLES[source]}`}
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
      </div>
      {error && <p className={styles.error}>{error}</p>}
      {!error && warning && <p className={styles.note}>{warning}</p>}
    </Place>
  );
}
