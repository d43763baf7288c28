import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { listSecrets } from '../../shared/scenario/references';
import type { Scenario } from '../../shared/scenario/schema';
import { stepsOf } from '../../shared/scenario/series';
import { CREDENTIAL_HEADERS } from '../../shared/scenario/without-credentials';
import { hostOf, TestPermission } from '../../shared/target/test-permission';
import { RunRefused } from './run';

/** The addresses of a host; none when it is not found. */
export type ResolveHost = (hostname: string) => Promise<string[]>;

/** Load would go to somebody's host that the user has not confirmed to be allowed to test. */
export class ConfirmationRequired extends RunRefused {
  override name = 'ConfirmationRequired';

  constructor(
    /** As `hostOf` writes it: what has to be confirmed. */
    readonly host: string,
    why: string,
    /** What the scenario has to give away, as `namesOfCredentials` lists it. */
    credentials: readonly string[],
  ) {
    const sent = credentials.length === 0 ? '' : `, and the scenario sends ${credentials.join(', ')}`;
    super(`${host} ${why}${sent}: load-test it only if you are allowed to, and confirm that you are`);
  }
}

/** What the system's resolver says. */
export const resolveHost: ResolveHost = async (hostname) => {
  if (isIP(hostname)) return [hostname];
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
};

/** Secrets and headers that let somebody in, by their names, as far as the scenario sends any: what whoever runs the host would learn. */
function namesOfCredentials(scenario: Scenario): string[] {
  const { auth, headers } = scenario.target;
  const all = [headers, ...[...stepsOf(scenario)].map(({ request }) => request?.headers ?? {})];
  const names = new Set(all.flatMap(Object.keys).map((name) => name.toLowerCase()));
  if (auth) names.add('authorization');
  return [
    ...listSecrets(scenario).map((name) => `secret.${name}`),
    ...CREDENTIAL_HEADERS.filter((name) => names.has(name)).map((name) => `the header ${name}`),
  ];
}

/** The hosts that a scenario sends to: its target's, and its proxy's. */
export function hostsOf({ target }: Scenario): string[] {
  const urls = target.proxy === undefined ? [target.baseUrl] : [target.baseUrl, target.proxy];
  return urls.map(hostOf).filter((host) => host !== null);
}

/**
 * Throws `ConfirmationRequired` when a host that the scenario sends to is neither this machine nor in a private network, and not confirmed. To be
 * called before anything is sent. A name that is not found passes, because nothing can be sent to it: where it leads later the shards
 * look at themselves. Behind a proxy, which resolves names by itself, such a name has to be confirmed.
 */
export async function requirePermission(
  scenario: Scenario,
  confirmed: Iterable<string>,
  resolve: ResolveHost = resolveHost,
): Promise<void> {
  const permission = new TestPermission(confirmed);
  const viaProxy = scenario.target.proxy !== undefined;
  for (const host of hostsOf(scenario)) {
    if (permission.isConfirmed(host)) continue;
    const addresses = await resolve(host);
    const own = permission.reachable(host, addresses);
    const foreign = addresses.find((address) => !own.includes(address));
    if (foreign !== undefined) {
      const where = foreign === host ? '' : `(${foreign}) `;
      throw new ConfirmationRequired(
        host,
        `${where}is neither this machine nor in a private network`,
        namesOfCredentials(scenario),
      );
    }
    if (addresses.length === 0 && viaProxy) {
      const why = 'is resolved only by the proxy, so Nodeswarm cannot tell whose it is';
      throw new ConfirmationRequired(host, why, namesOfCredentials(scenario));
    }
  }
}
