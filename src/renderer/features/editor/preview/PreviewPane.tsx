import { RefreshCw, Send } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useReading } from '../../../api/api-context';
import { useDocument } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { plural } from '../../../ui/format';
import { Spinner } from '../../../ui/Spinner';
import { selectedItem, useEditor } from '../editor-store';
import { listAt } from '../model/document-value';
import { stepKind, stepLabel } from '../model/outline';
import { nodesOfType } from '../model/preview-nodes';
import { type StepsPlace, stepsPlaceOf } from '../model/steps-place';
import { useDebounced } from '../use-debounced';
import styles from './PreviewPane.module.css';
import { RenderedNode } from './RenderedNode';
import { SendOnceResult } from './SendOnceResult';
import { useSendOnce } from './use-send-once';

const SHOWN_NODES = 3;
const DEBOUNCE_MS = 350;
/** The same values for the same nodes, so that an edit shows by itself. */
const SEED = 1;

/** What nodes would send in the chosen request, and what comes back when it is sent once. */
export function PreviewPane() {
  const item = useEditor(selectedItem);
  const place = item ? stepsPlaceOf(item) : null;
  const steps = useEditor((state) => (place ? listAt(state.document, place.listPath) : NO_STEPS));
  if (!item || !place || !steps.some((step) => stepKind(step) === 'request')) {
    return (
      <section className={styles.pane} aria-label="Preview">
        <EmptyState title="Nothing to preview here" headingLevel="h3">
          Choose a request or a task in the outline to see what nodes would send.
        </EmptyState>
      </section>
    );
  }
  const firstRequest = steps.findIndex((step) => stepKind(step) === 'request');
  const isRequest = place.step !== null && stepKind(steps[place.step]) === 'request';
  const step = isRequest && place.step !== null ? place.step : firstRequest;
  return (
    <section className={styles.pane} aria-label="Preview">
      <Preview key={item.id} place={place} step={step} title={stepLabel(steps[step])} />
    </section>
  );
}

const NO_STEPS: readonly unknown[] = [];

function Preview({ place, step, title }: { place: StepsPlace; step: number; title: string }) {
  const [from, setFrom] = useState(0);
  const text = useDocument((state) => state.text);
  const path = useDocument((state) => state.path);
  const scenario = useDocument((state) => state.scenario);
  const problems = useDocument((state) => state.problems.length);
  const nodes = useMemo(
    () => (scenario ? nodesOfType(scenario, place.place.nodeType, from, SHOWN_NODES) : []),
    [scenario, place.place.nodeType, from],
  );
  const wanted = useMemo(
    () => (scenario && nodes.length > 0 ? { text, path, place: place.place, step, nodes, seed: SEED } : null),
    [scenario, text, path, place, step, nodes],
  );
  const { data, error, loading } = useReading('scenarios.preview', useDebounced(wanted, DEBOUNCE_MS));
  const [last, setLast] = useState(data);
  useEffect(() => {
    if (data) setLast(data);
  }, [data]);
  const shown = data ?? last;
  const sending = useSendOnce(place.place);
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
            {shown ? 'This is from before the last changes. ' : ''}
            Solve the {plural(problems, 'problem')} of the scenario to see what nodes send now.
          </p>
        )}
        {scenario && nodes.length === 0 && (
          <p className={styles.notice}>No node has this type: give it a larger weight, or the load more nodes.</p>
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
