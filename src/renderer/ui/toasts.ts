import { Toast } from '@base-ui/react/toast';

/** What the toasts go through; `ToastRegion` shows them. */
export const toastManager = Toast.createToastManager();

export interface ToastAction {
  label: string;
  run(): void;
}

const MESSAGE_MS = 5_000;
const ERROR_MS = 12_000;
/** Long enough to notice a mistake and undo it. */
const ACTION_MS = 10_000;

/** Short messages at the corner, from anywhere, also outside React. */
export const toasts = {
  /** Returns what closes it. `onRemove` hears that it is gone, whatever the reason. */
  info(text: string, action?: ToastAction, onRemove?: () => void): () => void {
    return show('info', text, action ? ACTION_MS : MESSAGE_MS, action, onRemove);
  },
  success(text: string, action?: ToastAction): void {
    show('success', text, action ? ACTION_MS : MESSAGE_MS, action);
  },
  /** Takes what was thrown: the message of an `Error` is the sentence for the user. The same message is not shown twice at a time. */
  error(error: unknown): void {
    const text = errorSentence(error);
    if (shownErrors.has(text)) return;
    shownErrors.add(text);
    show('error', text, ERROR_MS, undefined, () => shownErrors.delete(text));
  },
};

const shownErrors = new Set<string>();

/** The sentence for the user in whatever was thrown. */
export function errorSentence(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return typeof error === 'string' && error !== '' ? error : 'Something went wrong, without any details. Try again.';
}

const TITLES = { info: 'Note', success: 'Done', error: 'Error' };

function show(
  type: keyof typeof TITLES,
  description: string,
  timeout: number,
  action?: ToastAction,
  onRemove?: () => void,
): () => void {
  const id = toastManager.add({
    type,
    title: TITLES[type],
    description,
    timeout,
    priority: type === 'error' ? 'high' : 'low',
    onRemove,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        toastManager.close(id);
        action.run();
      },
    },
  });
  return () => toastManager.close(id);
}
