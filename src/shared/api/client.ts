import type { ApiEventName, ApiEvents } from './events';
import type { RouteInput, RouteName, RouteOutput } from './routes';

/** How the renderer reaches main, whoever serves it. */
export interface ApiClient {
  /** Rejects with an `ApiError` whose message is a sentence for the user. */
  call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>>;
  /** Returns what ends the listening. */
  on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void): () => void;
  /** Whether main can be reached now. Always true on the desktop. */
  readonly online: boolean;
  /** Why main cannot be reached, as a sentence, where more is known than that it does not answer. */
  readonly awayReason?: string | null;
  /** Hears of changes of `online` and of `awayReason`. Returns what ends it. */
  onOnlineChange(listener: (online: boolean) => void): () => void;
}

/** What the preload puts on `window.nodeswarm`: a named method for each route, and one to listen to events. Never a generic channel. */
export interface PreloadApi {
  routes: { [Name in RouteName]: (input: RouteInput<Name>) => Promise<unknown> };
  on(name: ApiEventName, listener: (event: unknown) => void): () => void;
}
