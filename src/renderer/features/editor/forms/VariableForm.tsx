import { useRef } from 'react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentChoice, DocumentText } from '../fields/DocumentFields';
import { textAt, valueAt } from '../model/document-value';
import { GENERATOR_CHOICES, generatorOfKind, isGeneratorKind } from '../model/generator-fields';
import { isFreeVariableName, renameVariable } from '../model/variable-references';
import styles from './form.module.css';
import { GeneratorFields } from './GeneratorFields';
import { GeneratorPreview } from './GeneratorPreview';
import { Section } from './Section';

const REFRESHES = [
  { value: 'node', label: 'Once for each node', description: 'A node keeps its value.' },
  { value: 'task', label: 'At each task', description: 'All uses in a task have the same value.' },
  { value: 'use', label: 'At each use', description: 'A new value wherever it is written.' },
];

const KINDS = GENERATOR_CHOICES.map(({ kind, label, description }) => ({ value: kind as string, label, description }));

/** A variable: its name, where its values come from, when a new one is drawn; and its next values. */
export function VariableForm({ path }: { path: DocumentPath }) {
  const kind = useEditor((state) => textAt(state.document, [...path, 'generator', 'kind']));
  const oncePerNode = useEditor((state) => (textAt(state.document, [...path, 'refresh']) || 'node') === 'node');
  const pick = (next: string) => {
    if (!isGeneratorKind(next) || next === kind) return;
    const place = [...path, 'generator'];
    const before = valueAt(useEditor.getState().document, place);
    editorActions.setValue(place, generatorOfKind(next, before), 'Change generator');
  };
  return (
    <>
      <div className={styles.row}>
        <VariableName path={path} />
        <DocumentChoice path={[...path, 'refresh']} options={REFRESHES} fallback="node" />
      </div>
      <Section title="Values">
        <Select label="Generator" value={kind} options={KINDS} onChange={pick} />
        {isGeneratorKind(kind) && <GeneratorFields path={[...path, 'generator']} kind={kind} />}
      </Section>
      <Section title={oncePerNode ? 'Values of nodes' : 'Next values'}>
        <GeneratorPreview path={[...path, 'generator']} oncePerNode={oncePerNode} />
      </Section>
    </>
  );
}

/** The placeholders of the node type follow the name as it is typed; while it is none that they can write, they wait for the next that is. */
function VariableName({ path }: { path: DocumentPath }) {
  const name = useEditor((state) => textAt(state.document, [...path, 'name']));
  const referencedAs = useRef(name);
  const rename = (next: string) => {
    const nodeType = valueAt(useEditor.getState().document, path.slice(0, 2));
    const from = referencedAs.current;
    if (next === from || isFreeVariableName(nodeType, next)) referencedAs.current = next;
    editorActions.change('Rename variable', (document) => renameVariable(document, path, next, from), {
      group: formatPath([...path, 'name']),
    });
  };
  return <DocumentText path={[...path, 'name']} hint={`Written as {{${name || 'name'}}} in requests.`} onValue={rename} mono />;
}
