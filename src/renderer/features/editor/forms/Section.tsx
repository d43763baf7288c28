import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { editorActions, useEditor } from '../editor-store';
import styles from './Section.module.css';

interface SectionProps {
  title: string;
  /** At the end of the heading's line. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a form under a heading. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.heading}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <div className={styles.content}>{children}</div>
    </section>
  );
}

/** A part of a form that is folded at first: what is rarely needed. Problems in it unfold it. */
export function FoldedSection({
  id,
  title,
  note,
  children,
}: SectionProps & { /** Unique among all forms. */ id: string; note?: string | undefined }) {
  const isOpen = useEditor((state) => state.sections[id] ?? false);
  return (
    <Collapsible.Root
      className={styles.section}
      open={isOpen}
      onOpenChange={(next) => editorActions.setSection(id, next)}
      data-section={id}
    >
      <h2 className={styles.heading}>
        <Collapsible.Trigger className={styles.trigger}>
          <ChevronRight aria-hidden="true" />
          {title}
          {note && <span className={styles.note}>{note}</span>}
        </Collapsible.Trigger>
      </h2>
      <Collapsible.Panel className={styles.content} keepMounted>
        {children}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
