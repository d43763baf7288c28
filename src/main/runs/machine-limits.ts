import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DESCRIPTORS_IN_RESERVE } from '../swarm/descriptor-room';

/** What one process and the machine can open. null: no limit, or not known on this platform. */
export interface MachineLimits {
  /** File descriptors that one process may have open. */
  filesPerProcess: number | null;
  /** Local ports for outgoing connections, for each source address. */
  portsPerAddress: number | null;
}

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
  if (limits.filesPerProcess !== null && perShard + DESCRIPTORS_IN_RESERVE > limits.filesPerProcess) {
    const each = limits.filesPerProcess - DESCRIPTORS_IN_RESERVE;
    const enough = Math.ceil(sockets / each);
    return (
      `this run needs ${number(sockets)} sockets in ${shards} ${shards === 1 ? 'shard' : 'shards'}, each of which may open only ` +
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

/** The IANA range, which macOS and Windows use unless told otherwise. */
const IANA_PORTS = 16_384;
const ASK_TIMEOUT_MS = 5000;

async function readPortRange(): Promise<number | null> {
  try {
    switch (process.platform) {
      case 'linux':
        return portsBetween(await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'));
      case 'darwin':
        return (
          portsBetween(await ask('/usr/sbin/sysctl', ['-n', 'net.inet.ip.portrange.first', 'net.inet.ip.portrange.last'])) ??
          IANA_PORTS
        );
      case 'win32':
        return portCount(await ask('netsh', ['int', 'ipv4', 'show', 'dynamicport', 'tcp'])) ?? IANA_PORTS;
      default:
        return null;
    }
  } catch {
    return process.platform === 'linux' ? null : IANA_PORTS;
  }
}

async function ask(program: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { timeout: ASK_TIMEOUT_MS, windowsHide: true });
  return stdout;
}

/** Ports of a range that is told by its first and its last one; null when that is not what the text says. */
export function portsBetween(text: string): number | null {
  const [first, last] = text.trim().split(/\s+/).map(Number);
  return first && last && last >= first ? last - first + 1 : null;
}

/** What `netsh` says, in whatever language: the first port, then how many there are. */
export function portCount(text: string): number | null {
  const [first, count] = [...text.matchAll(/:\s*(\d+)\s*$/gm)].map(([, digits]) => Number(digits));
  return first && count ? count : null;
}
