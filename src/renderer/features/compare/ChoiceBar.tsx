import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import styles from './ChoiceBar.module.css';

interface ChoiceBarProps<Id extends string> {
  /** What is chosen. */
  label: string;
  value: Id;
  choices: readonly { id: Id; label: ReactNode }[];
  onChange(id: Id): void;
}

/** One of a few, all in sight. */
export function ChoiceBar<Id extends string>({ label, value, choices, onChange }: ChoiceBarProps<Id>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next && onChange(next as Id)}
      className={styles.bar}
    >
      {choices.map(({ id, label: text }) => (
        <Toggle key={id} value={id} className={styles.choice}>
          {text}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
