import { Combobox } from '@base-ui/react/combobox';
import { X } from 'lucide-react';
import { useState } from 'react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { problemSentence, useDocument } from '../../../app/document-store';
import { classNames } from '../../../ui/class-names';
import { Field } from '../../../ui/Field';
import popup from '../../../ui/popup.module.css';
import { editorActions, useEditor } from '../editor-store';
import { Place } from '../fields/Place';
import { listAt } from '../model/document-value';
import { COMMON_STATUSES, statusesOf, statusOf } from '../model/status-text';
import styles from './StatusField.module.css';

/** Expected statuses as chips: one of the common ones, or any that is typed (204, 2xx, 200-299). */
export function StatusField({ path }: { path: DocumentPath }) {
  const statuses = useEditor((state) => listAt(state.document, path));
  const error = useProblemWithin(formatPath(path));
  const [typed, setTyped] = useState('');
  const chosen = statuses.map(String);
  const put = (next: readonly (string | number)[]) => {
    const each = [...new Set(next)];
    editorActions.setValue(path, each.length === 0 ? undefined : each, 'Change expected status');
  };
  const takeTyped = () => {
    const more = statusesOf(typed);
    setTyped('');
    if (more.length > 0) put([...chosen.map(statusOf), ...more]);
  };
  const own = typed.trim() === '' || COMMON_STATUSES.includes(typed.trim()) ? [] : [typed.trim()];
  return (
    <Place path={path}>
      <Field label="Status" error={error} hint="Empty: 2xx or 3xx.">
        <Combobox.Root
          multiple
          items={[...COMMON_STATUSES, ...own]}
          value={chosen}
          onValueChange={(next) => put(next.map(statusOf))}
          inputValue={typed}
          onInputValueChange={(next, details) => {
            if (details.reason === 'input-change' || details.reason === 'item-press' || next !== '') setTyped(next);
          }}
        >
          <Combobox.InputGroup className={styles.group}>
            <Combobox.Chips className={styles.chips}>
              {chosen.map((status) => (
                <Combobox.Chip key={status} className={styles.chip} aria-label={status}>
                  {status}
                  <Combobox.ChipRemove className={styles.remove} aria-label={`Remove ${status}`}>
                    <X />
                  </Combobox.ChipRemove>
                </Combobox.Chip>
              ))}
              <Combobox.Input
                className={styles.input}
                placeholder={chosen.length === 0 ? '2xx' : ''}
                onBlur={takeTyped}
                onKeyDown={(event) => {
                  if (event.key === ',' || event.key === ' ') {
                    event.preventDefault();
                    takeTyped();
                  }
                }}
              />
            </Combobox.Chips>
          </Combobox.InputGroup>
          <Combobox.Portal>
            <Combobox.Positioner className={popup.positioner} sideOffset={4}>
              <Combobox.Popup className={classNames(popup.popup, styles.popup)}>
                <Combobox.Empty className={popup.note}>
                  Write a status such as 204, a class such as 2xx, or a range such as 200-299.
                </Combobox.Empty>
                <Combobox.List>
                  {(status: string) => (
                    <Combobox.Item key={status} value={status} className={popup.item}>
                      {status}
                    </Combobox.Item>
                  )}
                </Combobox.List>
              </Combobox.Popup>
            </Combobox.Positioner>
          </Combobox.Portal>
        </Combobox.Root>
      </Field>
    </Place>
  );
}

/** The first problem of the list or of one of its entries. */
function useProblemWithin(place: string): string | null {
  return useDocument(({ problems }) => {
    const found = problems.find(({ path }) => path === place || path.startsWith(`${place}[`));
    return found ? problemSentence(found) : null;
  });
}
