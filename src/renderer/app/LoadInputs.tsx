import { Button } from '../ui/Button';
import { formatCount } from '../ui/format';
import { NumberField } from '../ui/NumberField';
import { TextField } from '../ui/TextField';
import { Tooltip } from '../ui/Tooltip';
import { documentActions, useDocument, useProblemAt, useUntouched } from './document-store';
import styles from './LoadInputs.module.css';
import { changeBaseUrl, changeNodes, changeSpawnRate } from './load-changes';
import { viewActions } from './view-store';

/** The tutorial's three inputs: nodes, spawn rate, host. They are the document's own fields. */
export function LoadInputs() {
  const document = useDocument((state) => state.document);
  const nodesProblem = useProblemAt('load.nodes');
  const rateProblem = useProblemAt('load.spawnRate');
  const hostProblem = useProblemAt('target.baseUrl');
  const hostRequired = useUntouched('target.baseUrl');
  if (!document) {
    return (
      <Button size="small" onClick={() => viewActions.show({ name: 'editor' })}>
        The form cannot show this text: see its source
      </Button>
    );
  }
  const { load, target } = document;
  return (
    <div className={styles.inputs}>
      {load.stages ? (
        <Tooltip content="The scenario sets its load in stages. Change them in the editor.">
          <Button size="small" onClick={() => viewActions.reveal('load')}>
            {load.stages.length === 1 ? '1 stage' : `${load.stages.length} stages`}, up to{' '}
            {formatCount(Math.max(...load.stages.map(({ nodes }) => nodes)))} nodes
          </Button>
        </Tooltip>
      ) : (
        <>
          <NumberField
            label="Nodes"
            labelPlace="beside"
            quiet
            className={styles.nodes}
            value={load.nodes ?? null}
            min={1}
            error={nodesProblem}
            onChange={(nodes) => documentActions.update('Change nodes', changeNodes(nodes), { group: 'load.nodes' })}
          />
          <NumberField
            label="Spawn rate"
            labelPlace="beside"
            quiet
            className={styles.rate}
            value={load.spawnRate ?? null}
            min={1}
            unit="/s"
            error={rateProblem}
            onChange={(rate) => documentActions.update('Change spawn rate', changeSpawnRate(rate), { group: 'load.spawnRate' })}
          />
        </>
      )}
      <TextField
        label="Host"
        labelPlace="beside"
        quiet
        mono
        className={styles.host}
        placeholder="e.g. http://127.0.0.1:8090"
        value={target.baseUrl}
        error={hostProblem}
        required={hostRequired}
        onBlur={() => documentActions.touch('target.baseUrl')}
        onChange={(url) => documentActions.update('Change host', changeBaseUrl(url), { group: 'target.baseUrl' })}
      />
    </div>
  );
}
