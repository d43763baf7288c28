import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { toasts } from '../ui/toasts';
import styles from './DropTarget.module.css';
import { fileText } from './file-text';
import { useServices } from './services-context';

/** Takes a scenario file that is dropped anywhere on the app. */
export function DropTarget({ children }: { children: ReactNode }) {
  const { files } = useServices();
  const [over, setOver] = useState(false);
  // Entering a child comes before leaving its parent: only when all are left the file is gone.
  const depth = useRef(0);

  const leave = () => {
    depth.current = 0;
    setOver(false);
  };

  const drop = async (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    leave();
    const [file, second] = [...event.dataTransfer.files];
    if (!file) return;
    if (second) return toasts.info('One scenario at a time: drop a single file.');
    try {
      await files.show({ path: null, text: await fileText(file) });
    } catch (error) {
      toasts.error(error);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same is done by "Open…" with the keyboard
    <div
      className={styles.target}
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        depth.current++;
        setOver(true);
      }}
      onDragLeave={(event) => hasFiles(event) && --depth.current <= 0 && leave()}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => void drop(event)}
    >
      {children}
      {over && <div className={styles.over}>Drop the scenario file to open it</div>}
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
