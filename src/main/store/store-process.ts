import { errorMessage } from '../../shared/text/error-text';
import type { ChildMain } from '../process/process-host';
import { type RunStore, StoreError } from './run-store';
import { SqliteStore } from './sqlite-store';
import { packValue, type SentRequest, type StoreReply, type StoreRequest, unpackRequest } from './store-protocol';

/**
 * The program of the store's process: opens the database named by its first argument with the first call, and carries out calls in
 * their order. When its parent is gone, everything received has been stored; it closes the database and ends.
 */
export const storeMain: ChildMain<SentRequest, StoreReply> = (port, [file]) => {
  let store: SqliteStore | undefined;

  const answer = async ({ id, method, args }: StoreRequest): Promise<StoreReply> => {
    try {
      if (method === 'close' && !store) return { id, ok: true, value: undefined };
      if (file === undefined) throw new StoreError('The store process was started without the name of its database.');
      // Nobody would find a run that is begun in a file without a name.
      if (method === 'createRun' && store && !store.isInPlace) {
        await store.close();
        store = undefined;
      }
      // A file that could not be opened is tried again with the next call: it may have been locked.
      store ??= SqliteStore.open(file);
      const value = await (store[method] as (...values: StoreRequest['args']) => ReturnType<RunStore[typeof method]>)(...args);
      return { id, ok: true, value: packValue(method, value) };
    } catch (error) {
      const message = errorMessage(error);
      return { id, ok: false, error: message, notFound: error instanceof StoreError && error.notFound };
    }
  };

  port.onMessage((request) => {
    void answer(unpackRequest(request)).then((reply) => {
      port.post(reply);
      if (request.method === 'close') port.exit(0);
    });
  });
  port.onClose(() => {
    void (store?.close() ?? Promise.resolve()).finally(() => port.exit(0));
  });
};
