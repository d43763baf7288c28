import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber } from '../fields/DocumentFields';
import { objectAt } from '../model/document-value';
import styles from './form.module.css';
import toggles from './toggles.module.css';

const FALLBACK_SECONDS = 1;

/** A pause: always as long, or of a random length. */
export function PauseForm({ path }: { path: DocumentPath }) {
  const place = [...path, 'pause'];
  const pause = useEditor((state) => objectAt(state.document, place));
  const isRandom = pause.minSeconds !== undefined || pause.maxSeconds !== undefined;
  const pick = (kind: string | undefined) => {
    if (kind === 'random' && !isRandom) {
      const seconds = typeof pause.seconds === 'number' ? pause.seconds : FALLBACK_SECONDS;
      editorActions.setValue(place, { minSeconds: seconds, maxSeconds: seconds * 2 }, 'Change pause');
    }
    if (kind === 'fixed' && isRandom) {
      const seconds = typeof pause.minSeconds === 'number' ? pause.minSeconds : FALLBACK_SECONDS;
      editorActions.setValue(place, { seconds }, 'Change pause');
    }
  };
  return (
    <>
      <ToggleGroup
        aria-label="Kind of pause"
        className={toggles.group}
        value={[isRandom ? 'random' : 'fixed']}
        onValueChange={([kind]) => pick(kind)}
      >
        <Toggle value="fixed" className={toggles.toggle}>
          Fixed
        </Toggle>
        <Toggle value="random" className={toggles.toggle}>
          Random
        </Toggle>
      </ToggleGroup>
      <div className={styles.row}>
        {isRandom ? (
          <>
            <DocumentNumber path={[...place, 'minSeconds']} unit="s" min={0} />
            <DocumentNumber path={[...place, 'maxSeconds']} unit="s" min={0} />
          </>
        ) : (
          <DocumentNumber path={[...place, 'seconds']} unit="s" min={0} />
        )}
      </div>
    </>
  );
}
