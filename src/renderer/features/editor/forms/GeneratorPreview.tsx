import { RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { type Generator, generatorSchema } from '../../../../shared/scenario/schema';
import { useReading } from '../../../api/api-context';
import { useDocument } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { Sparkline } from '../../../ui/Sparkline';
import { useEditor } from '../editor-store';
import { valueAt } from '../model/document-value';
import { GENERATOR_CHOICES } from '../model/generator-fields';
import { useDebounced } from '../use-debounced';
import styles from './GeneratorPreview.module.css';

const SHOWN_VALUES = 8;
const LINE_POINTS = 120;
const DEBOUNCE_MS = 300;

/**
 * The values of a generator: the next ones of a node, with a line of them when it is a signal over time; of the next nodes with
 * `oncePerNode`, where a node keeps its first.
 */
export function GeneratorPreview({ path, oncePerNode }: { path: DocumentPath; oncePerNode: boolean }) {
  const written = useEditor((state) => valueAt(state.document, path));
  const file = useDocument((state) => state.path);
  const [node, setNode] = useState(0);
  const generator = useMemo(() => {
    const parsed = generatorSchema.safeParse(written);
    return parsed.success ? parsed.data : null;
  }, [written]);
  const isSignal = !oncePerNode && GENERATOR_CHOICES.some(({ kind, isSignal: signal }) => signal && kind === generator?.kind);
  const stepSeconds = generator ? stepOf(generator) : 1;
  const wanted = useMemo(
    () =>
      generator && {
        generator,
        path: file,
        node,
        of: oncePerNode ? ('each node' as const) : ('one node' as const),
        count: isSignal ? LINE_POINTS : SHOWN_VALUES,
        stepSeconds,
        seed: 1,
      },
    [generator, file, node, oncePerNode, isSignal, stepSeconds],
  );
  const input = useDebounced(wanted, DEBOUNCE_MS);
  const { data, error } = useReading('scenarios.previewGenerator', input);

  if (!generator) return <p className={styles.note}>Once the parameters above are complete, the values are shown here.</p>;
  if (error) return <p className={styles.error}>{error}</p>;
  const values = data ?? [];
  const numbers = values.filter((value) => typeof value === 'number');
  const nodes = oncePerNode ? `nodes ${node} to ${node + SHOWN_VALUES - 1}` : `node ${node}`;
  return (
    <div className={styles.preview}>
      {isSignal && numbers.length > 1 && (
        <figure className={styles.figure}>
          <Sparkline
            values={relative(numbers)}
            label={`Values over ${spanText(stepSeconds * LINE_POINTS)}`}
            width={480}
            height={64}
            color="var(--accent)"
          />
          <figcaption className={styles.caption}>
            <span>
              {formatValue(Math.min(...numbers))} to {formatValue(Math.max(...numbers))}
            </span>
            <span>{spanText(stepSeconds * LINE_POINTS)}</span>
          </figcaption>
        </figure>
      )}
      <ol className={styles.values} aria-label={`Values of ${nodes}`}>
        {values.slice(0, SHOWN_VALUES).map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: values in their order
          <li key={index}>{typeof value === 'string' ? value : JSON.stringify(value)}</li>
        ))}
      </ol>
      {data && data.length < SHOWN_VALUES && <p className={styles.note}>After that, no value is left.</p>}
      <Button variant="ghost" size="small" icon={<RefreshCw />} onClick={() => setNode(node + (oncePerNode ? SHOWN_VALUES : 1))}>
        {oncePerNode ? 'Other nodes' : 'Another node'}
      </Button>
      <span className={styles.note}>Of {nodes}, seed 1</span>
    </div>
  );
}

/** Seconds from one value to the next, so that the line shows what the signal is about. */
function stepOf(generator: Generator): number {
  switch (generator.kind) {
    case 'sine':
      return (generator.periodSeconds * 2) / LINE_POINTS;
    case 'battery': {
      const range = generator.full - generator.empty;
      const hours = range / generator.drainPerHour + range / generator.rechargePerHour;
      return (hours * 3600 * 1.5) / LINE_POINTS;
    }
    default:
      return 5;
  }
}

/** The small line begins at zero; here the shape counts, not the distance to zero. */
function relative(values: readonly number[]): number[] {
  const lowest = Math.min(...values);
  return values.map((value) => value - lowest);
}

function formatValue(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function spanText(seconds: number): string {
  if (seconds < 120) return `${formatValue(Math.round(seconds))} s`;
  if (seconds < 7200) return `${formatValue(Math.round(seconds / 60))} min`;
  return `${formatValue(Math.round(seconds / 360) / 10)} h`;
}
