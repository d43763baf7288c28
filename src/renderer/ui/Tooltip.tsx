import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd';
import styles from './Tooltip.module.css';

interface TooltipProps {
  /** A name or one sentence. Nothing: no tooltip. */
  content: ReactNode;
  shortcut?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** What it explains: an element that can have the focus, or at least takes props and a ref. */
  children: ReactElement<Record<string, unknown>>;
}

/** Explains an element while the pointer or the focus is on it. */
export function Tooltip({ content, shortcut, side = 'bottom', children }: TooltipProps) {
  if (content === null || content === undefined || content === '') return children;
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <BaseTooltip.Popup className={styles.popup}>
            {content}
            {shortcut && <Kbd shortcut={shortcut} />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

/** Shared waiting time: once one tooltip is open the next opens at once. Around the whole app. */
export const TooltipProvider = BaseTooltip.Provider;
