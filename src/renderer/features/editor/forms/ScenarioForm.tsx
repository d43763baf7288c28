import { Plus } from 'lucide-react';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { editorActions, useEditor } from '../editor-store';
import { DocumentText } from '../fields/DocumentFields';
import { listAt } from '../model/document-value';
import { addEntry } from '../model/outline-edits';

/** Name and description of the scenario; where there is no node type yet, the way to the first. */
export function ScenarioForm() {
  const document = useEditor((state) => state.document);
  const isEmpty = listAt(document, ['nodeTypes']).length === 0;
  return (
    <>
      <DocumentText path={['name']} />
      <DocumentText path={['description']} rows={4} hint="What the scenario is for." optional />
      {isEmpty && (
        <EmptyState
          title="No node types yet"
          headingLevel="h2"
          actions={
            <Button
              variant="primary"
              icon={<Plus />}
              onClick={() => editorActions.apply(addEntry(document, ['nodeTypes'], 'nodeType'))}
            >
              Add node type
            </Button>
          }
        >
          A node type is one kind of simulated device: its variables, when it acts, and what it sends.
        </EmptyState>
      )}
    </>
  );
}
