import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names';

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className'> {
  /** primary: the one thing to do here. danger: destroys or ends something. */
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  size?: 'small' | 'medium';
  icon?: ReactNode;
  className?: string;
}

/** A button with a word on it. A disabled one stays reachable, so that its tooltip can say why. */
export function Button({ variant = 'secondary', size = 'medium', icon, className, children, ...rest }: ButtonProps) {
  return (
    <BaseButton
      focusableWhenDisabled
      {...rest}
      className={classNames(styles.button, styles[variant], size === 'small' && styles.small, className)}
    >
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </BaseButton>
  );
}
