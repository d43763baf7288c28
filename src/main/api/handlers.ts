import type { z } from 'zod';
import type { ApiEventName, ApiEvents } from '../../shared/api/events';
import type { ROUTES, RouteName, RouteOutput } from '../../shared/api/routes';

/** Carries out a route. The input has been checked; an error thrown becomes an error reply (`expectedError`). */
type Handler<Name extends RouteName> = (
  input: z.output<(typeof ROUTES)[Name]['input']>,
) => RouteOutput<Name> | Promise<RouteOutput<Name>>;

/** The handlers of some routes: what a domain of the API contributes. */
export type Handlers<Name extends RouteName = RouteName> = { [Key in Name]: Handler<Key> };

/** Tells everybody who listens. */
export type Emit = <Name extends ApiEventName>(name: Name, event: ApiEvents[Name]) => void;
