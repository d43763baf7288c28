import { readFile } from 'node:fs/promises';

/** What one process and the machine can open. null: no limit, or not known on this platform. */
export interface MachineLimits {
  /** File descriptors that one process may have open. */
  filesPerProcess: number | null;
  /** Local ports for outgoing connections, for each source address. */
  portsPerAddress: number | null;
}

/** Descriptors that a shard needs for other things than connections. */
const FILES_IN_RESERVE = 64;

/** Reads the limits of this machine. */
export async function readMachineLimits(): Promise<MachineLimits> {
  return { filesPerProcess: readFileLimit(), portsPerAddress: await readPortRange() };
}

/**
 * Whether the machine can open what a run needs: null when it can, otherwise a sentence that says what is missing and what to do.
 * `sockets` is the number of connections open at the same time, over all shards.
 */
export function checkLimits(sockets: number, shards: number, localAddresses: number, limits: MachineLimits): string | null {
  const number = (value: number) => value.toLocaleString('en-US');
  const perShard = Math.ceil(sockets / shards);
  if (limits.filesPerProcess !== null && perShard + FILES_IN_RESERVE > limits.filesPerProcess) {
    const each = limits.filesPerProcess - FILES_IN_RESERVE;
    const enough = Math.ceil(sockets / each);
    return (
      `this run needs ${number(sockets)} sockets in ${shards} ${shards === 1 ? 'shard' : 'shards'}, each may open ` +
      `${number(each)}: use --shards ${enough} or raise the limit of open files (ulimit -n)`
    );
  }
  const addresses = Math.max(1, localAddresses);
  if (limits.portsPerAddress !== null && sockets > limits.portsPerAddress * addresses) {
    return (
      `this run needs ${number(sockets)} local ports, ${addresses === 1 ? 'one source address has' : `${addresses} source addresses have`} ` +
      `${number(limits.portsPerAddress * addresses)}: name more source addresses in target.localAddresses ` +
      `(${Math.ceil(sockets / limits.portsPerAddress)} in all) or widen the port range of the system`
    );
  }
  return null;
}

function readFileLimit(): number | null {
  // Node raises its soft limit to the hard one when it starts, so what a child will have is the hard limit here.
  // Without the network part: it looks up the name of every peer.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string; hard: number | string } } };
  const limit = Number(report.userLimits?.open_files?.hard);
  return Number.isFinite(limit) ? limit : null;
}

async function readPortRange(): Promise<number | null> {
  try {
    const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
    const [first, last] = range.trim().split(/\s+/).map(Number);
    if (first && last) return last - first + 1;
  } catch {
    // Not Linux.
  }
  // The IANA range, which macOS and Windows use.
  return process.platform === 'darwin' || process.platform === 'win32' ? 16_384 : null;
}
