import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Kbd } from '../ui/Kbd';
import { ACTIONS } from './actions';
import { useApp } from './app-store';
import styles from './CommandPalette.module.css';
import { useServices } from './services-context';
import { isOffered, usableShortcut } from './usable-shortcut';
import { runAction, useActionState } from './use-action';
import { useView, viewActions } from './view-store';

/** Finds an action, a sample or a recent file by a few letters. */
export function CommandPalette() {
  const open = useView((state) => state.paletteOpen);
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  // It stays for some frames after it was closed; opened again by then, it begins anew all the same.
  useLayoutEffect(() => {
    if (open) setSearch('');
  }, [open]);
  // The dialog itself gives the focus with the next frame: what is typed until then would be lost.
  const focusAtOnce = () => {
    input.current?.focus();
    return input.current;
  };
  return (
    <BaseDialog.Root open={open} onOpenChange={viewActions.setPaletteOpen}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Popup className={styles.popup} aria-label="Commands" initialFocus={focusAtOnce}>
          <Palette input={input} search={search} onSearch={setSearch} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

interface PaletteProps {
  input: RefObject<HTMLInputElement | null>;
  search: string;
  onSearch(search: string): void;
}

function Palette({ input, search, onSearch }: PaletteProps) {
  const state = useActionState();
  const services = useServices();
  const info = useApp((app) => app.info);
  const close = (work: () => void) => () => {
    // A second Enter while it goes away does nothing twice.
    if (!useView.getState().paletteOpen) return;
    viewActions.setPaletteOpen(false);
    work();
  };
  return (
    // Ctrl+K opens the palette; with bindings as in vim it would go up a line while the palette goes away, and open nothing.
    <Command label="Commands" loop vimBindings={false} className={styles.command}>
      <Command.Input
        ref={input}
        value={search}
        onValueChange={onSearch}
        placeholder="Find a command, a sample or a file"
        className={styles.input}
      />
      <Command.List className={styles.list}>
        <Command.Empty className={styles.empty}>No command, sample or file matches. Try another word.</Command.Empty>
        <Command.Group heading="Commands">
          {ACTIONS.filter((action) => action.id !== 'palette.show' && isOffered(action, info)).map((action) => {
            const hindrance = action.hindrance(state);
            const note = hindrance ?? action.detour(state);
            const shortcut = usableShortcut(action, info);
            return (
              <Command.Item
                key={action.id}
                value={action.id}
                keywords={[action.label, action.labelNow(state)]}
                disabled={hindrance !== null}
                onSelect={close(() => runAction(action.id, services))}
                className={styles.item}
              >
                <span>{action.labelNow(state)}</span>
                {note !== null && <span className={styles.note}>{note}</span>}
                {shortcut && (
                  <span className={styles.shortcut}>
                    <Kbd shortcut={shortcut} />
                  </span>
                )}
              </Command.Item>
            );
          })}
        </Command.Group>
        {info && info.samples.length > 0 && (
          <Command.Group heading="Samples">
            {info.samples.map((sample) => (
              <Command.Item
                key={sample.id}
                value={`sample ${sample.id}`}
                keywords={[sample.name]}
                onSelect={close(() => void services.files.openSample(sample.id))}
                className={styles.item}
              >
                <span>{sample.name}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {info && info.recent.length > 0 && (
          <Command.Group heading="Recent files">
            {info.recent.map((file) => (
              <Command.Item
                key={file.path ?? file.name}
                value={`file ${file.path ?? file.name}`}
                keywords={[file.name]}
                onSelect={close(() => void services.files.openRecent(file))}
                className={styles.item}
              >
                <span>{file.name}</span>
                {file.path !== null && <span className={styles.note}>{file.path}</span>}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
