import type { ApiEventName } from './events';
import type { RouteName } from './routes';

/** The channel of a route between preload and main. Each route has its own: there is no channel that carries any call. */
export function routeChannel(name: RouteName): string {
  return `route:${name}`;
}

/** The channel of an event from main to preload. */
export function eventChannel(name: ApiEventName): string {
  return `event:${name}`;
}
