import { CircleAlert, PanelRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { problemSentence, useDocument } from '../../app/document-store';
import { useView } from '../../app/view-store';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { SplitPane } from '../../ui/SplitPane';
import { Tabs } from '../../ui/Tabs';
import styles from './EditorView.module.css';
import { type EditorTab, editorActions, useEditor } from './editor-store';
import { DetailPane } from './forms/DetailPane';
import { OutlinePane } from './outline/OutlinePane';
import { PreviewPane } from './preview/PreviewPane';
import { SourcePane } from './source/SourcePane';
import { useFocusRequest } from './use-focus-request';
import { useWide } from './use-wide';

/** The scenario as a form (outline, details, preview) and as source text, both of the same document. */
export function EditorView() {
  const tab = useEditor((state) => state.tab);
  useReveal();
  return (
    <Tabs<EditorTab>
      label="Ways to edit the scenario"
      className={styles.tabs}
      value={tab}
      onChange={editorActions.setTab}
      tabs={[
        { id: 'form', label: 'Form', content: <FormPane /> },
        { id: 'source', label: 'Source', content: <SourcePane /> },
      ]}
    />
  );
}

/** The shell asks for a place (a problem was followed): show it, also when it asked before this view was there. */
function useReveal(): void {
  const reveal = useView((state) => state.reveal);
  const done = useRef(lastRevealed);
  useEffect(() => {
    if (!reveal || reveal.serial === done.current) return;
    done.current = reveal.serial;
    lastRevealed = reveal.serial;
    if (useDocument.getState().document === null) editorActions.setTab('source');
    else editorActions.reveal(reveal.path);
  }, [reveal]);
}

/** The view comes and goes; what was asked for once is not shown again when it comes back. */
let lastRevealed = 0;

function FormPane() {
  const hasDocument = useEditor((state) => state.document !== null);
  const isStale = useEditor((state) => state.isStale);
  const isWide = useWide();
  const [choice, setChoice] = useState<boolean | null>(null);
  const withPreview = choice ?? isWide;
  const formRef = useRef<HTMLDivElement>(null);
  useFocusRequest(formRef);
  if (!hasDocument) return <NoForm />;
  const toggle = (
    <IconButton
      label={withPreview ? 'Hide preview' : 'Show preview'}
      icon={<PanelRight />}
      aria-pressed={withPreview}
      onClick={() => setChoice(!withPreview)}
    />
  );
  const detail = <DetailPane aside={toggle} />;
  return (
    <>
      {isStale && <StaleNotice />}
      <div ref={formRef} className={styles.form} inert={isStale}>
        <SplitPane side={<OutlinePane />} sideLabel="outline" place="start" initialWidth={260} maxWidth={420}>
          {withPreview ? (
            <SplitPane side={<PreviewPane />} sideLabel="preview" place="end" initialWidth={previewWidth(isWide)} minWidth={240}>
              {detail}
            </SplitPane>
          ) : (
            detail
          )}
        </SplitPane>
      </div>
    </>
  );
}

/** Of the preview to begin with. Forms do not grow beyond what can be read: in a large window there is room for it. */
function previewWidth(isWide: boolean): number {
  return isWide ? Math.min(560, Math.max(360, Math.round(window.innerWidth * 0.28))) : 300;
}

/** The source cannot be read now: the form shows what it was before, and cannot be edited until then. */
function StaleNotice() {
  const first = useDocument((state) => state.problems[0]);
  return (
    <div role="status" className={styles.stale}>
      <CircleAlert aria-hidden="true" />
      <span>The source cannot be read, so the form shows its last valid state. {first && problemSentence(first)}</span>
      <Button size="small" onClick={() => editorActions.setTab('source')}>
        Go to source
      </Button>
    </div>
  );
}

/** A file that the form cannot show: its source can still be mended. */
function NoForm() {
  const first = useDocument((state) => state.problems[0]);
  return (
    <EmptyState
      icon={<CircleAlert />}
      title="The form cannot show this document"
      headingLevel="h1"
      actions={
        <Button variant="primary" onClick={() => editorActions.setTab('source')}>
          Go to source
        </Button>
      }
    >
      {first && `${first.path ? `${first.path}: ` : ''}${problemSentence(first)} `}
      Correct it in the source, and the form appears.
    </EmptyState>
  );
}
