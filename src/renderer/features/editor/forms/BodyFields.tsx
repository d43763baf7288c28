import { WrapText } from 'lucide-react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentText } from '../fields/DocumentFields';
import { RecordField } from '../fields/RecordField';
import { DocumentTemplate } from '../fields/TemplateField';
import { BODY_CHOICES, bodyOfKind, formatJsonTemplate } from '../model/body-form';
import { textAt, valueAt } from '../model/document-value';
import styles from './form.module.css';

/** What a request carries. */
export function BodyFields({ path }: { path: DocumentPath }) {
  const kind = useEditor((state) => textAt(state.document, [...path, 'kind']) || 'none');
  const pick = (next: string) => {
    const before = valueAt(useEditor.getState().document, path);
    if (next !== kind) editorActions.setValue(path, bodyOfKind(next, before), 'Change body');
  };
  const textPath = [...path, 'text'];
  const setText = (text: string) => editorActions.setValue(textPath, text, 'Change body');
  return (
    <>
      <div className={styles.row}>
        <Select label="Kind of body" labelPlace="hidden" value={kind} options={BODY_CHOICES} onChange={pick} />
        {kind === 'json' && <FormatButton path={textPath} onFormat={setText} />}
      </div>
      {kind === 'json' && (
        <DocumentTemplate
          path={textPath}
          label="JSON"
          labelPlace="hidden"
          language="json"
          onValue={setText}
          hint="Write {{ for placeholders. Tab indents; Escape, then Tab leaves the editor."
        />
      )}
      {kind === 'text' && (
        <DocumentTemplate
          path={textPath}
          label="Text"
          labelPlace="hidden"
          language="text"
          onValue={setText}
          hint="Write {{ for placeholders. Tab indents; Escape, then Tab leaves the editor."
        />
      )}
      {kind === 'form' && <RecordField path={[...path, 'fields']} word="form field" />}
      {kind === 'base64' && <DocumentText path={[...path, 'data']} rows={4} mono />}
      {(kind === 'json' || kind === 'text' || kind === 'base64') && (
        <DocumentText path={[...path, 'contentType']} placeholder={CONTENT_TYPES[kind]} hint="Empty: as shown." mono optional />
      )}
    </>
  );
}

const CONTENT_TYPES = { json: 'application/json', text: 'text/plain; charset=utf-8', base64: 'application/octet-stream' };

function FormatButton({ path, onFormat }: { path: DocumentPath; onFormat(text: string): void }) {
  const text = useEditor((state) => textAt(state.document, path));
  const formatted = formatJsonTemplate(text);
  return (
    <div>
      <Button
        variant="ghost"
        icon={<WrapText />}
        disabled={formatted === null || formatted === text}
        onClick={() => formatted !== null && onFormat(formatted)}
      >
        Format
      </Button>
    </div>
  );
}
