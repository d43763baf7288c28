import { errorMessage } from '../../../src/shared/text/error-text';
import { autocannon } from './autocannon';
import { hey } from './hey';
import { k6 } from './k6';
import { locustFastHttpUser, locustHttpUser } from './locust';
import type { Peer } from './peer';
import { wrk } from './wrk';

export { autocannon, hey, k6, locustFastHttpUser, locustHttpUser, wrk };

const ALL: readonly Peer[] = [wrk, autocannon, hey, locustHttpUser, locustFastHttpUser, k6];

/** The peers that can be had on this machine. */
export class Peers {
  private constructor(
    private readonly had: ReadonlySet<Peer>,
    /** As they tell it themselves. */
    readonly versions: readonly string[],
    /** A plain line for each that cannot be had. */
    readonly leftOut: readonly string[],
  ) {}

  /** Makes them ready, and installs those that are missing where that can be done. `named`: only those whose names begin so, all if null. */
  static async prepare(named: readonly string[] | null): Promise<Peers> {
    const had = new Set<Peer>();
    const versions = new Set<string>();
    const leftOut: string[] = [];
    for (const peer of ALL) {
      if (named && !named.some((beginning) => peer.name.toLowerCase().startsWith(beginning.toLowerCase()))) continue;
      try {
        versions.add(await peer.prepare());
        had.add(peer);
      } catch (error) {
        leftOut.push(`${peer.name} cannot be had here and is left out: ${errorMessage(error)}`);
      }
    }
    return new Peers(had, [...versions], leftOut);
  }

  /** Those of `wanted` that can be had, all unless told. */
  available(wanted: readonly Peer[] = ALL): Peer[] {
    return wanted.filter((peer) => this.had.has(peer));
  }
}
