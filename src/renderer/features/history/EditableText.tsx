import { Input } from '@base-ui/react/input';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { classNames } from '../../ui/class-names';
import control from '../../ui/control.module.css';
import styles from './EditableText.module.css';

interface EditableTextProps {
  /** What is edited, for those who do not see it. */
  label: string;
  initial: string;
  maxLength: number;
  /** Empty texts are not taken: the editing ends as if it had been left. */
  required?: boolean;
  /** `text` is null when the editing was left, or nothing changed. */
  onDone(text: string | null): void;
}

/** A text edited in its place: Enter or leaving it takes it over, Escape leaves it as it was. */
export function EditableText({ label, initial, maxLength, required, onDone }: EditableTextProps) {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => input.current?.select(), []);

  const finish = (take: boolean) => {
    if (done.current) return;
    done.current = true;
    const text = input.current?.value.trim() ?? '';
    onDone(take && text !== initial && !(required && text === '') ? text : null);
  };

  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(true);
    else if (event.key === 'Escape') finish(false);
  };

  return (
    <Input
      ref={input}
      defaultValue={initial}
      aria-label={label}
      maxLength={maxLength}
      autoFocus
      spellCheck={false}
      autoComplete="off"
      className={classNames(control.control, styles.input)}
      onKeyDown={press}
      onBlur={() => finish(true)}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
