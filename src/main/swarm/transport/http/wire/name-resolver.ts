import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import type { RunClock } from '../../../clock';

/** How long an answer is used, and how long a failure: long enough that ten thousand connects ask once. us */
const ANSWER_LIFETIME_US = 5_000_000;
const FAILURE_LIFETIME_US = 1_000_000;

/** The addresses of a host, best first. */
export interface HostAddresses {
  /** IP literals; empty when `error` is set. */
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
 * seconds. IP literals are their own address.
 */
export class NameResolver {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly clock: RunClock,
    private readonly lookupAll: typeof lookup = lookup,
  ) {}

  /** Calls `listener` with the host's addresses: at once when they are known, later when they must be looked up. */
  resolve(hostname: string, listener: Listener): void {
    let entry = this.entries.get(hostname);
    if (!entry) {
      const addresses = isIP(hostname) ? [hostname] : [];
      entry = { host: { addresses, error: null }, untilUs: isIP(hostname) ? Number.POSITIVE_INFINITY : 0, listeners: null };
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

  private lookUp(hostname: string, entry: Entry, listener: Listener): void {
    const listeners = [listener];
    entry.listeners = listeners;
    const best = entry.host.addresses[0];
    this.lookupAll(hostname, { all: true }, (error, found) => {
      entry.host = error ? { addresses: [], error } : { addresses: found.map(({ address }) => address), error: null };
      if (best !== undefined && entry.host.addresses.includes(best)) this.prefer(hostname, best);
      entry.untilUs = this.clock.nowUs() + (error ? FAILURE_LIFETIME_US : ANSWER_LIFETIME_US);
      entry.listeners = null;
      for (const each of listeners) each(entry.host);
    });
  }
}
