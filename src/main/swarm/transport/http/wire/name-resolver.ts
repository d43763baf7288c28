import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import type { TestPermission } from '../../../../../shared/target/test-permission';
import type { RunClock } from '../../../clock';
import { NotAllowedError } from '../not-allowed-error';

/** How long an answer is used, and how long a failure: long enough that ten thousand connects ask once. us */
const ANSWER_LIFETIME_US = 5_000_000;
const FAILURE_LIFETIME_US = 1_000_000;

/** The addresses of a host, best first. */
export interface HostAddresses {
  /** IP literals that may be reached; empty when `error` is set. */
  readonly addresses: readonly string[];
  readonly error: Error | null;
}

type Listener = (host: HostAddresses) => void;

interface Entry {
  host: HostAddresses;
  untilUs: number;
  /** Who waits for the lookup that is under way; null when none is. */
  listeners: Listener[] | null;
}

/**
 * Resolves host names once for all connections: the system's lookup blocks one of four threads, so it is shared and kept for a few
 * seconds. IP literals are their own address. Addresses that may not be sent load are left out, at every lookup anew, because a name may
 * lead elsewhere than it did at the start; a host that has no others ends in a `NotAllowedError`.
 */
export class NameResolver {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly clock: RunClock,
    private readonly permission: TestPermission,
    private readonly lookupAll: typeof lookup = lookup,
  ) {}

  /** Calls `listener` with the host's addresses: at once when they are known, later when they must be looked up. */
  resolve(hostname: string, listener: Listener): void {
    let entry = this.entries.get(hostname);
    if (!entry) {
      const isLiteral = isIP(hostname) !== 0;
      const host = isLiteral ? this.permitted(hostname, [hostname]) : { addresses: [], error: null };
      entry = { host, untilUs: isLiteral ? Number.POSITIVE_INFINITY : 0, listeners: null };
      this.entries.set(hostname, entry);
    }
    if (entry.listeners) entry.listeners.push(listener);
    else if (this.clock.nowUs() < entry.untilUs) listener(entry.host);
    else this.lookUp(hostname, entry, listener);
  }

  /** The address that answered: it is tried first from now on. */
  prefer(hostname: string, address: string): void {
    const entry = this.entries.get(hostname);
    if (!entry || entry.host.addresses[0] === address) return;
    const others = entry.host.addresses.filter((other) => other !== address);
    entry.host = { addresses: [address, ...others], error: null };
  }

  /** None of the addresses could be reached: the backend may have moved, so they are used for a second more at most. */
  doubt(hostname: string): void {
    const entry = this.entries.get(hostname);
    if (entry && !isIP(hostname)) entry.untilUs = Math.min(entry.untilUs, this.clock.nowUs() + FAILURE_LIFETIME_US);
  }

  private lookUp(hostname: string, entry: Entry, listener: Listener): void {
    const listeners = [listener];
    entry.listeners = listeners;
    const best = entry.host.addresses[0];
    this.lookupAll(hostname, { all: true }, (error, found) => {
      entry.host = error
        ? { addresses: [], error }
        : this.permitted(
            hostname,
            found.map(({ address }) => address),
          );
      if (best !== undefined && entry.host.addresses.includes(best)) this.prefer(hostname, best);
      entry.untilUs = this.clock.nowUs() + (error ? FAILURE_LIFETIME_US : ANSWER_LIFETIME_US);
      entry.listeners = null;
      for (const each of listeners) each(entry.host);
    });
  }
  private permitted(hostname: string, found: readonly string[]): HostAddresses {
    const addresses = this.permission.reachable(hostname, found);
    const [foreign] = found;
    if (addresses.length > 0 || foreign === undefined) return { addresses, error: null };
    const where = foreign === hostname ? '' : `(${foreign}) `;
    return { addresses: [], error: new NotAllowedError(hostname, `${where}is neither this machine nor in a private network`) };
  }
}
