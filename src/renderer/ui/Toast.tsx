import { Toast as BaseToast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton';
import styles from './Toast.module.css';
import { toastManager } from './toasts';

const ICONS: Record<string, ReactNode> = {
  error: <CircleAlert className={styles.error} aria-hidden="true" />,
  success: <CircleCheck className={styles.success} aria-hidden="true" />,
  info: <Info className={styles.info} aria-hidden="true" />,
};

/** Where toasts appear; once, around the app. */
export function ToastRegion({ children }: { children: ReactNode }) {
  return (
    <BaseToast.Provider toastManager={toastManager} limit={4}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className={styles.viewport}>
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function ToastList() {
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((toast) => (
    <BaseToast.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      // Base UI hides urgent toasts, and the button that closes any, from assistive technology until the focus is there; urgent ones because it
      // tells their text in an alert of its own. To be found, they are not hidden; to be told only once, they are no live text themselves.
      aria-hidden={false}
      aria-live={toast.priority === 'high' ? 'off' : undefined}
      className={styles.toast}
    >
      <BaseToast.Content className={styles.content}>
        {ICONS[toast.type ?? 'info']}
        <BaseToast.Title className={styles.title} render={<span />} />
        <BaseToast.Description className={styles.text} />
        {toast.actionProps && <BaseToast.Action className={styles.action} />}
        <BaseToast.Close aria-hidden={false} render={<IconButton label="Dismiss" icon={<X />} size="small" tooltip={false} />} />
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}
