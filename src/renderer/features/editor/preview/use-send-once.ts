import { useRef, useState } from 'react';
import type { RouteInput, RouteOutput } from '../../../../shared/api/routes';
import { useApi } from '../../../api/api-context';
import { documentActions, useDocument } from '../../../app/document-store';
import { withFileConsent } from '../../../app/file-consent';
import { withTestPermission } from '../../../app/test-permission';
import { errorSentence } from '../../../ui/toasts';

/** Sending a list of steps once. */
export interface Sending {
  send(): void;
  isSending: boolean;
  steps: RouteOutput<'scenarios.sendOnce'> | null;
  /** Why nothing could be sent, as a sentence. */
  error: string | null;
}

/** Sends the steps of a place when asked; the answer to the last question counts. */
export function useSendOnce(place: RouteInput<'scenarios.sendOnce'>['place']): Sending {
  const api = useApi();
  const serial = useRef(0);
  const [state, setState] = useState<Omit<Sending, 'send'>>({ isSending: false, steps: null, error: null });
  const send = async () => {
    const own = ++serial.current;
    setState((before) => ({ ...before, isSending: true, error: null }));
    const { path } = useDocument.getState();
    try {
      const text = documentActions.currentText();
      const steps = await withTestPermission((mayTest) =>
        withFileConsent((allowFiles) => api.call('scenarios.sendOnce', { text, path, place, allowFiles, mayTest })),
      );
      if (serial.current === own) setState({ isSending: false, steps, error: null });
    } catch (error) {
      if (serial.current === own) setState({ isSending: false, steps: null, error: errorSentence(error) });
    }
  };
  return { ...state, send: () => void send() };
}
