import type { RenderedRequest } from '../../../../shared/api/types';
import { formatCount } from '../../../ui/format';
import { BodyText } from './BodyText';
import { HeadDetails } from './HeadDetails';
import styles from './RenderedNode.module.css';

/** What one node would send. */
export function RenderedNode({ request }: { request: RenderedRequest }) {
  return (
    <article className={styles.node} aria-label={`Node ${request.node}`}>
      <h3 className={styles.title}>Node {formatCount(request.node)}</h3>
      <code className={styles.line}>
        <span className={styles.method}>{request.method}</span> {pathOf(request.url)}
      </code>
      <HeadDetails head={request.head} />
      <BodyText body={request.body} />
    </article>
  );
}

/** Where in the backend: the address itself is the same everywhere. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}
