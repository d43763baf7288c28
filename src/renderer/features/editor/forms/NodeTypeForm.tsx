import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { ListPlus } from 'lucide-react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { formatShortPercent } from '../../../ui/format';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber, DocumentText } from '../fields/DocumentFields';
import { listAt, valueAt } from '../model/document-value';
import { addEntry } from '../model/outline-edits';
import { nodeTypeShares } from '../model/shares';
import { Section } from './Section';
import toggles from './toggles.module.css';
import { WaitFields } from './WaitFields';

/** A node type: its name, how many nodes have it, and what they do between tasks. */
export function NodeTypeForm({ path }: { path: DocumentPath }) {
  const document = useEditor((state) => state.document);
  const hasTasks = listAt(document, [...path, 'tasks']).length > 0;
  const isEmpty = !hasTasks && ['onStart', 'onStop'].every((key) => listAt(document, [...path, key]).length === 0);
  return (
    <>
      <DocumentText path={[...path, 'name']} />
      <ShareFields path={path} />
      <Section title="Between tasks">
        <WaitFields path={[...path, 'wait']} />
      </Section>
      {!hasTasks && (
        <EmptyState
          title={isEmpty ? 'This node type does nothing yet' : 'This node type has no task'}
          headingLevel="h2"
          actions={
            <Button
              variant="primary"
              icon={<ListPlus />}
              onClick={() => editorActions.apply(addEntry(document, [...path, 'tasks'], 'task'))}
            >
              Add task
            </Button>
          }
        >
          A task is what its nodes do again and again, such as sending a measurement. With several tasks, weights say how often
          each is drawn.
        </EmptyState>
      )}
    </>
  );
}

function ShareFields({ path }: { path: DocumentPath }) {
  const isFixed = useEditor((state) => valueAt(state.document, [...path, 'fixedCount']) !== undefined);
  const document = useEditor((state) => state.document);
  const share = nodeTypeShares(document)[Number(path[1])] ?? null;
  const pick = (kind: string | undefined) => {
    if (kind === 'fixed' && !isFixed) editorActions.setValue([...path, 'fixedCount'], 1, 'Change share of nodes');
    if (kind === 'weight' && isFixed) editorActions.setValue([...path, 'fixedCount'], undefined, 'Change share of nodes');
  };
  return (
    <Section title="Share of the nodes">
      <ToggleGroup
        aria-label="Share of the nodes"
        className={toggles.group}
        value={[isFixed ? 'fixed' : 'weight']}
        onValueChange={([kind]) => pick(kind)}
      >
        <Toggle value="weight" className={toggles.toggle}>
          By weight
        </Toggle>
        <Toggle value="fixed" className={toggles.toggle}>
          Fixed number
        </Toggle>
      </ToggleGroup>
      {isFixed ? (
        <DocumentNumber
          path={[...path, 'fixedCount']}
          hint="Taken before the weights of the other node types share the rest."
          min={0}
        />
      ) : (
        <DocumentNumber
          path={[...path, 'weight']}
          placeholder="1"
          hint={
            share && 'share' in share
              ? `Gets ${formatShortPercent(share.share)} of the nodes.`
              : 'Share of the nodes, relative to other types.'
          }
          min={0}
        />
      )}
    </Section>
  );
}
