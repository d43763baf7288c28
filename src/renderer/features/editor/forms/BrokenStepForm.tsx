import { Clock, Send } from 'lucide-react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { editorActions } from '../editor-store';
import { newStep } from '../model/new-entries';

/** A step that a source text made neither a request nor a pause, or both: lets one choose. */
export function BrokenStepForm({ path }: { path: DocumentPath }) {
  const make = (kind: 'request' | 'pause') => editorActions.setValue(path, newStep(kind), `Make step a ${kind}`);
  return (
    <EmptyState
      title="This step is not clear"
      headingLevel="h2"
      actions={
        <>
          <Button icon={<Send />} onClick={() => make('request')}>
            Make it a request
          </Button>
          <Button icon={<Clock />} onClick={() => make('pause')}>
            Make it a pause
          </Button>
        </>
      }
    >
      A step is either a request or a pause. See under Source what it contains now.
    </EmptyState>
  );
}
