import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** How a program gets a network and mounts of its own: as root, as a user where the system allows it, or by sudo without a password. */
const WAYS = [
  ['unshare', '--net', '--mount'],
  ['unshare', '--net', '--mount', '--map-root-user'],
  ['sudo', '--non-interactive', 'unshare', '--net', '--mount'],
];

/**
 * Runs a shell script in a network of its own, in which only loopback will be, and with mounts of its own (Linux). Resolves with what it
 * printed; rejects with all it said when it fails.
 */
export async function onOwnMachine(script: string, args: readonly string[]): Promise<string> {
  const way = WAYS.find(([command = '', ...rest]) => spawnSync(command, [...rest, 'true']).status === 0);
  if (!way) throw new Error('a network of its own cannot be made here: run the tests as root, or allow user namespaces, or sudo');
  const [command = '', ...rest] = way;
  const lines = ['set -e', 'ip link set lo up', script].join('\n');
  const { stdout } = await promisify(execFile)(command, [...rest, 'sh', '-c', lines, 'sh', ...args]);
  return stdout;
}
