import { Plus, X } from 'lucide-react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import type { GeneratorKind } from '../../../../shared/scenario/schema';
import { useProblemAt } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { editorActions, useEditor } from '../editor-store';
import { DocumentChoice, DocumentNumber, DocumentText, DocumentValue } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { listAt, setAt, valueAt } from '../model/document-value';
import { type GeneratorField, generatorFields } from '../model/generator-fields';
import { scalarText } from '../model/scalar-text';
import styles from './form.module.css';

/** The parameters of a generator, as its schema says. */
export function GeneratorFields({ path, kind }: { path: DocumentPath; kind: GeneratorKind }) {
  const fields = generatorFields(kind);
  const lists = fields.filter(({ control }) => control === 'values');
  const hasWeights = fields.some(({ control }) => control === 'weights');
  return (
    <>
      <div className={styles.row}>
        {fields.map((field) => (
          <ParameterField key={field.key} path={[...path, field.key]} field={field} />
        ))}
      </div>
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
    // A list has lines of its own below.
    default:
      return null;
  }
}

/** Values in lines, each with its weight where the generator draws them. */
function ValueList({ path, field, hasWeights }: { path: DocumentPath; field: GeneratorField; hasWeights: boolean }) {
  const place = [...path, field.key];
  const values = useEditor((state) => listAt(state.document, place));
  const weights = useEditor((state) => valueAt(state.document, [...path, 'weights']));
  const isWeighted = Array.isArray(weights);
  const error = useProblemAt(formatPath(place));
  const weightsError = useProblemAt(formatPath([...path, 'weights']));
  const change = (label: string, nextValues: readonly unknown[], nextWeights: readonly unknown[]) => {
    editorActions.change(label, (document) => {
      const withValues = setAt(document, place, nextValues);
      return isWeighted ? setAt(withValues, [...path, 'weights'], nextWeights) : withValues;
    });
  };
  const own = isWeighted ? weights : [];
  return (
    <Place path={place} className={styles.lines}>
      {values.map((_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: values have no identity but their place
          key={index}
          className={styles.line}
          style={{ gridTemplateColumns: isWeighted ? 'minmax(0, 1fr) 112px 28px' : 'minmax(0, 1fr) 28px' }}
        >
          <DocumentValue path={[...place, index]} label={`Value ${index + 1}`} labelPlace="hidden" />
          {isWeighted && (
            <DocumentNumber
              path={[...path, 'weights', index]}
              label={`Weight of value ${index + 1}`}
              labelPlace="hidden"
              unit="weight"
              min={0}
            />
          )}
          <IconButton
            label={`Remove value ${index + 1}`}
            icon={<X />}
            onClick={() => change('Remove value', values.toSpliced(index, 1), own.toSpliced(index, 1))}
          />
        </div>
      ))}
      {(error ?? weightsError) && <p className={styles.error}>{error ?? weightsError}</p>}
      <div className={styles.buttons}>
        <Button size="small" icon={<Plus />} onClick={() => change('Add value', [...values, ''], [...own, 1])}>
          Add value
        </Button>
        {hasWeights && (
          <Button
            size="small"
            onClick={() =>
              editorActions.setValue([...path, 'weights'], isWeighted ? undefined : values.map(() => 1), 'Change weights')
            }
          >
            {isWeighted ? 'Draw all as often' : 'Set weights'}
          </Button>
        )}
      </div>
      <p className={styles.note}>
        Numbers, true, false and null are taken as such. A text that looks like one goes in quotes: "5".
      </p>
    </Place>
  );
}
