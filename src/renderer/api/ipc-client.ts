import type { ApiClient, PreloadApi } from '../../shared/api/client';
import type { ApiEventName, ApiEvents } from '../../shared/api/events';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/api/routes';
import { dataOf } from './reply-data';

/** The API over the desktop's preload. */
export function createIpcClient(preload: PreloadApi): ApiClient {
  return {
    async call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>> {
      return dataOf(await preload.routes[name](input));
    },
    on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void) {
      return preload.on(name, (event) => listener(event as ApiEvents[Name]));
    },
    online: true,
    onOnlineChange: () => () => {},
  };
}
