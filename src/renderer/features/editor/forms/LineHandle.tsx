import { GripVertical } from 'lucide-react';
import styles from './LineHandle.module.css';

/** What a line of a form is dragged by. For the pointer: the keyboard has buttons or a menu. */
export function LineHandle({ handleRef, word }: { handleRef(element: Element | null): void; word: string }) {
  return (
    <span ref={handleRef} className={styles.grip} title={`Drag to move the ${word}`} aria-hidden="true">
      <GripVertical />
    </span>
  );
}
