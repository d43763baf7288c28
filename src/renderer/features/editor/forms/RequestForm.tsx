import type { DocumentPath } from '../../../../shared/scenario/problem';
import { METHODS } from '../../../../shared/scenario/schema';
import { Select } from '../../../ui/Select';
import { Switch } from '../../../ui/Switch';
import { editorActions, useEditor } from '../editor-store';
import { DocumentChoice, DocumentNumber, DocumentText } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { RecordField } from '../fields/RecordField';
import { DocumentTemplate } from '../fields/TemplateField';
import { useField } from '../fields/use-field';
import { textAt } from '../model/document-value';
import { BodyFields } from './BodyFields';
import { ExpectFields } from './ExpectFields';
import { ExtractFields } from './ExtractFields';
import styles from './form.module.css';
import { HEADER_NAMES } from './header-names';
import { FoldedSection, Section } from './Section';

const METHOD_OPTIONS = METHODS.map((value) => ({ value: value as string, label: value as string }));

/** One HTTP request: what is sent, what is expected, what is taken out of the response. */
export function RequestForm({ path }: { path: DocumentPath }) {
  const request = [...path, 'request'];
  const shownPath = useEditor((state) => textAt(state.document, [...request, 'path']));
  return (
    <>
      <div className={styles.requestLine}>
        <DocumentChoice path={[...request, 'method']} options={METHOD_OPTIONS} fallback="GET" />
        <DocumentTemplate
          path={[...request, 'path']}
          placeholder="e.g. /data"
          onValue={(text) => editorActions.setValue([...request, 'path'], text, 'Change path')}
        />
      </div>
      <DocumentText
        path={[...request, 'name']}
        placeholder={shownPath}
        hint="Requests of the same method and name share a row. Empty: the path as written."
        optional
      />
      <Section title="Body">
        <BodyFields path={[...request, 'body']} />
      </Section>
      <Section title="Headers">
        <RecordField path={[...request, 'headers']} word="header" suggestions={HEADER_NAMES} />
      </Section>
      <Section title="Query">
        <RecordField path={[...request, 'query']} word="query parameter" />
      </Section>
      <Section title="Expectations">
        <ExpectFields path={[...request, 'expect']} />
      </Section>
      <Section title="Extractions">
        <ExtractFields path={[...request, 'extract']} />
      </Section>
      <FoldedSection id="request.advanced" title="Advanced">
        <div className={styles.row}>
          <RedirectField path={[...request, 'followRedirects']} />
          <DocumentNumber path={[...request, 'timeoutMs']} unit="ms" placeholder="as the target" min={1} step={1000} />
        </div>
      </FoldedSection>
    </>
  );
}

const DEFAULT_REDIRECTS = 10;

/** false, true (10) or a number. */
function RedirectField({ path }: { path: DocumentPath }) {
  const { value, set, error } = useField(path, 'Redirects');
  const isOn = value === true || (typeof value === 'number' && value > 0);
  const limits = [1, 2, 3, 5, DEFAULT_REDIRECTS, 20, 50];
  const limit = typeof value === 'number' ? value : DEFAULT_REDIRECTS;
  const options = [...new Set([...limits, limit])]
    .toSorted((a, b) => a - b)
    .map((count) => ({ value: String(count), label: `At most ${count}` }));
  return (
    <Place path={path} className={styles.lines}>
      <Switch
        label="Follow redirects"
        hint="The chain counts as one request."
        checked={isOn}
        onChange={(next) => set(next ? true : undefined)}
      />
      {isOn && (
        <Select
          label="Redirects followed"
          labelPlace="hidden"
          value={String(limit)}
          options={options}
          onChange={(next) => set(Number(next) === DEFAULT_REDIRECTS ? true : Number(next))}
          error={error}
        />
      )}
    </Place>
  );
}
