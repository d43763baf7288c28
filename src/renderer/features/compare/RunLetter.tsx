import { runColor, runLetter } from './compared-runs';
import styles from './RunLetter.module.css';

/** The letter of a run with its colour, as its lines have it. */
export function RunLetter({ place }: { place: number }) {
  return (
    <span className={styles.letter} style={{ borderColor: runColor(place) }}>
      {runLetter(place)}
    </span>
  );
}
