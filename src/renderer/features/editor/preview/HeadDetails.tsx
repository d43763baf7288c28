import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { plural } from '../../../ui/format';
import { readHead } from '../model/message-text';
import styles from './HeadDetails.module.css';

/** The headers of a message, folded. */
export function HeadDetails({ head }: { head: string }) {
  const { headers } = readHead(head);
  if (headers.length === 0) return null;
  return (
    <Collapsible.Root>
      <Collapsible.Trigger className={styles.trigger}>
        <ChevronRight aria-hidden="true" />
        {plural(headers.length, 'header')}
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <dl className={styles.headers}>
          {headers.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a head may hold a header twice
            <div key={index} className={styles.header}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
