import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactNode, useRef } from 'react';
import { Button, type ButtonProps } from './Button';
import { classNames } from './class-names';
import styles from './Dialog.module.css';

export interface Answer<Id extends string> {
  id: Id;
  label: string;
  variant?: ButtonProps['variant'];
  /** Has the focus at first. For the answer that loses nothing; the first one when none has it. */
  focused?: boolean;
}

export interface QuestionDialogProps<Id extends string> {
  open: boolean;
  title: string;
  /** What follows from each answer. */
  description: ReactNode;
  /** In the order of the buttons; the one to be expected last. */
  answers: readonly Answer<Id>[];
  /** null: closed without an answer. */
  onAnswer(id: Id | null): void;
}

/** A question that has to be answered (or left with Escape) before anything else. */
export function QuestionDialog<Id extends string>({ open, title, description, answers, onAnswer }: QuestionDialogProps<Id>) {
  const focused = useRef<HTMLButtonElement>(null);
  const isAnyFocused = answers.some((answer) => answer.focused);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onAnswer(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={classNames(styles.popup, styles.small)} initialFocus={isAnyFocused ? focused : true}>
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.description} render={<div />}>
            {description}
          </AlertDialog.Description>
          <footer className={styles.footer}>
            {answers.map(({ id, label, variant, focused: isFocused }) => (
              <Button key={id} ref={isFocused ? focused : undefined} variant={variant} onClick={() => onAnswer(id)}>
                {label}
              </Button>
            ))}
          </footer>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
