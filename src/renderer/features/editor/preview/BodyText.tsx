import { readableBody } from '../model/message-text';
import styles from './BodyText.module.css';

/** The body of a message, JSON in lines; a long one scrolls. */
export function BodyText({ body }: { body: string }) {
  if (body === '') return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <pre className={styles.body} tabIndex={0}>
      {readableBody(body)}
    </pre>
  );
}
