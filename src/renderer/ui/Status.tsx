import { CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './Status.module.css';
import { Tooltip } from './Tooltip';

export type Tone = 'ok' | 'warn' | 'bad' | 'accent' | 'neutral';

const ICONS: Record<Tone, ReactNode> = {
  ok: <CircleCheck />,
  warn: <TriangleAlert />,
  bad: <CircleAlert />,
  accent: <Info />,
  neutral: <CircleDashed />,
};

export interface StatusProps {
  tone: Tone;
  /** The word: colour alone never says it. */
  children: ReactNode;
  icon?: ReactNode;
  /** Why, in one sentence. */
  reason?: string;
  /** filled: a badge on a ground of its own. */
  filled?: boolean;
}

/** Icon and word. */
export function Status({ tone, children, icon, reason, filled }: StatusProps) {
  const status = (
    <span className={classNames(styles.status, styles[tone], filled && styles.filled)}>
      <span className={styles.icon} aria-hidden="true">
        {icon ?? ICONS[tone]}
      </span>
      <span className={styles.word}>{children}</span>
    </span>
  );
  return reason ? <Tooltip content={reason}>{status}</Tooltip> : status;
}
