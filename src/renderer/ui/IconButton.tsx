import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip';

export interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className' | 'children'> {
  /** Its name, shown as tooltip too. */
  label: string;
  icon: ReactNode;
  /** As in the action list (`Mod+S`). */
  shortcut?: string;
  size?: 'small' | 'medium';
  /** Where the tooltip goes. */
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** false: without tooltip, where the icon speaks for itself and Escape has to reach what is behind. */
  tooltip?: boolean;
  className?: string;
}

/** A button with an icon only. */
export function IconButton({
  label,
  icon,
  shortcut,
  size = 'medium',
  side,
  tooltip = true,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={tooltip ? label : null} shortcut={shortcut} side={side}>
      <BaseButton
        focusableWhenDisabled
        aria-label={label}
        {...rest}
        className={classNames(styles.button, size === 'small' && styles.small, className)}
      >
        {icon}
      </BaseButton>
    </Tooltip>
  );
}
