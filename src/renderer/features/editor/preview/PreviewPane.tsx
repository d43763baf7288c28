import { RefreshCw, Send } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { formatPath } from '../../../../shared/scenario/problem';
import { useReading } from '../../../api/api-context';
import { useDocument } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { plural } from '../../../ui/format';
import { Spinner } from '../../../ui/Spinner';
import { selectedItem, useEditor } from '../editor-store';
import { listAt } from '../model/document-value';
import { stepLabel } from '../model/outline';
import { nodesOfType } from '../model/preview-nodes';
import { type PreviewPlace, previewPlaceOf } from '../model/steps-place';
import { useDebounced } from '../use-debounced';
import styles from './PreviewPane.module.css';
import { RenderedNode } from './RenderedNode';
import { SendOnceResult } from './SendOnceResult';
import { useSendOnce } from './use-send-once';

const SHOWN_NODES = 3;
const DEBOUNCE_MS = 350;
/** The same values for the same nodes, so that an edit shows by itself. */
const SEED = 1;

/** What nodes would send in the chosen request (or the nearest one), and what comes back when it is sent once. */
export function PreviewPane() {
  const document = useEditor((state) => state.document);
  const item = useEditor(selectedItem);
  const found = useMemo(() => (item ? previewPlaceOf(document, item) : null), [document, item]);
  if (!found) {
    return (
      <section className={styles.pane} aria-label="Preview">
        <EmptyState title="Nothing to preview yet" headingLevel="h3">
          Once there is a request, what nodes would send is shown here.
        </EmptyState>
      </section>
    );
  }
  const { listPath, step } = found;
  return (
    <section className={styles.pane} aria-label="Preview">
      <Preview key={formatPath([...listPath, step])} preview={found} title={stepLabel(listAt(document, listPath)[step])} />
    </section>
  );
}

function Preview({ preview, title }: { preview: PreviewPlace; title: string }) {
  const { nodeType, task } = preview.place;
  const { step } = preview;
  // The same while the place is the same: what watches it then sees no change.
  const place = useMemo(() => ({ nodeType, task }), [nodeType, task]);
  const [from, setFrom] = useState(0);
  const text = useDocument((state) => state.text);
  const path = useDocument((state) => state.path);
  const scenario = useDocument((state) => state.scenario);
  const problems = useDocument((state) => state.problems.length);
  const nodes = useMemo(() => (scenario ? nodesOfType(scenario, nodeType, from, SHOWN_NODES) : []), [scenario, nodeType, from]);
  const wanted = useMemo(
    () => (scenario && nodes.length > 0 ? { text, path, place, step, nodes, seed: SEED } : null),
    [scenario, text, path, place, step, nodes],
  );
  const { data, error, loading } = useReading('scenarios.preview', useDebounced(wanted, DEBOUNCE_MS));
  const [last, setLast] = useState(data);
  useEffect(() => {
    if (data) setLast(data);
  }, [data]);
  const shown = data ?? last;
  const sending = useSendOnce(place);
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span className={styles.faint}>Nodes would send</span> {title}
        </h2>
        <div className={styles.actions}>
          <Button
            size="small"
            variant="ghost"
            icon={<RefreshCw />}
            onClick={() => setFrom(from + SHOWN_NODES)}
            disabled={!scenario}
          >
            Next nodes
          </Button>
          <Button size="small" icon={<Send />} onClick={sending.send} disabled={!scenario || sending.isSending}>
            {sending.isSending ? 'Sending…' : 'Send once'}
          </Button>
        </div>
      </header>
      <div className={styles.scroll}>
        {problems > 0 && (
          <p className={styles.notice}>
            {shown ? 'This preview is from before the last changes. ' : ''}
            Fix {problems === 1 ? 'the problem' : `the ${plural(problems, 'problem')}`} in the scenario to see what nodes send
            now.
          </p>
        )}
        {scenario && nodes.length === 0 && (
          <p className={styles.notice}>No node has this type: give it a larger weight, or add nodes to the load.</p>
        )}
        {error && (
          <p role="alert" className={styles.error}>
            {error}
          </p>
        )}
        {!shown && loading && !error && scenario && <Spinner />}
        {shown && (
          <div className={problems > 0 ? styles.stale : undefined} aria-busy={loading}>
            {shown.map((request) => (
              <RenderedNode key={request.node} request={request} />
            ))}
          </div>
        )}
        <SendOnceResult sending={sending} />
      </div>
    </>
  );
}
