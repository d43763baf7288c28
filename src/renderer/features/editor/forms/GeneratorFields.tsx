import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import type { GeneratorKind } from '../../../../shared/scenario/schema';
import { useProblemAt } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { editorActions, useEditor } from '../editor-store';
import { DocumentChoice, DocumentNumber, DocumentText, DocumentValue } from '../fields/DocumentFields';
import { listAt, valueAt } from '../model/document-value';
import { type GeneratorField, generatorFields } from '../model/generator-fields';
import { scalarText } from '../model/scalar-text';
import styles from './form.module.css';
import { LineList } from './LineList';

/** The parameters of a generator, as its schema says. */
export function GeneratorFields({ path, kind }: { path: DocumentPath; kind: GeneratorKind }) {
  const fields = generatorFields(kind);
  const lists = fields.filter(({ control }) => control === 'values');
  // What is a list has lines of its own below.
  const plain = fields.filter(({ control }) => control !== 'values' && control !== 'weights');
  const hasWeights = fields.some(({ control }) => control === 'weights');
  return (
    <>
      {plain.length > 0 && (
        <div className={styles.row}>
          {plain.map((field) => (
            <ParameterField key={field.key} path={[...path, field.key]} field={field} />
          ))}
        </div>
      )}
      {lists.map((field) => (
        <ValueList key={field.key} path={path} field={field} hasWeights={hasWeights} />
      ))}
    </>
  );
}

function ParameterField({ path, field }: { path: DocumentPath; field: GeneratorField }) {
  const { label, description, control, unit, defaultValue, required } = field;
  const common = { path, label, hint: description };
  const placeholder = defaultValue === undefined ? (required ? undefined : 'none') : scalarText(defaultValue);
  switch (control) {
    case 'number':
    case 'integer':
      return <DocumentNumber {...common} unit={unit ?? undefined} placeholder={placeholder} />;
    case 'text':
      return <DocumentText {...common} mono />;
    case 'choice':
      return (
        <DocumentChoice
          {...common}
          options={field.options.map((value) => ({ value, label: value }))}
          fallback={String(defaultValue)}
        />
      );
    case 'value':
      return <DocumentValue {...common} />;
    default:
      return null;
  }
}

/** Values in lines, each with its weight where the generator draws them. */
function ValueList({ path, field, hasWeights }: { path: DocumentPath; field: GeneratorField; hasWeights: boolean }) {
  const place = [...path, field.key];
  const weightsPlace = [...path, 'weights'];
  const isWeighted = useEditor((state) => Array.isArray(valueAt(state.document, weightsPlace)));
  const error = useProblemAt(formatPath(place));
  const weightsError = useProblemAt(formatPath(weightsPlace));
  const setWeights = () => {
    const values = listAt(useEditor.getState().document, place);
    editorActions.setValue(weightsPlace, isWeighted ? undefined : values.map(() => 1), 'Change weights');
  };
  return (
    <div className={styles.lines}>
      <LineList
        path={place}
        word="value"
        staysEmpty
        newEntry={() => ''}
        along={isWeighted ? { path: weightsPlace, newEntry: () => 1 } : null}
        actions={
          hasWeights && (
            <Button size="small" onClick={setWeights}>
              {isWeighted ? 'Use equal weights' : 'Set weights'}
            </Button>
          )
        }
      >
        {(valuePlace, number) => (
          <div className={styles.line} style={{ gridTemplateColumns: isWeighted ? 'minmax(0, 1fr) 112px' : 'minmax(0, 1fr)' }}>
            <DocumentValue path={valuePlace} label={`Value ${number}`} labelPlace="hidden" />
            {isWeighted && (
              <DocumentNumber
                path={[...weightsPlace, number - 1]}
                label={`Weight of value ${number}`}
                labelPlace="hidden"
                unit="weight"
                min={0}
              />
            )}
          </div>
        )}
      </LineList>
      {(error ?? weightsError) && <p className={styles.error}>{error ?? weightsError}</p>}
      <p className={styles.note}>
        Numbers, true, false and null are taken as such. Put a text that looks like one in quotes: "5".
      </p>
    </div>
  );
}
