import type { Scenario } from '../../shared/scenario/schema';
import { ConfirmedHosts } from '../api/confirmed-hosts';
import { NotRemembered } from '../api/json-file';
import { ConfirmationRequired, type ResolveHost, requirePermission } from '../runs/permission';
import { dataFolder } from '../store/locations';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { impossible } from './exit-code';

/**
 * The hosts that may be tested: those of the command line and those confirmed before, here or in the app. Asks the person at the
 * terminal about one that is missing, and remembers the answer; throws a `CommandError` where there is nobody to ask, or the answer is no.
 */
export async function consentOnTerminal(
  scenario: Scenario,
  given: readonly string[],
  io: CommandIo,
  resolve?: ResolveHost,
): Promise<string[]> {
  const hosts = new ConfirmedHosts(dataFolder(io.env), (line) => io.stderr.write(`nodeswarm: ${printable(line)}\n`));
  for (;;) {
    const mayTest = [...given, ...(await hosts.list())];
    try {
      await requirePermission(scenario, mayTest, resolve);
      return mayTest;
    } catch (error) {
      if (!(error instanceof ConfirmationRequired)) throw error;
      await confirm(error, hosts, io);
    }
  }
}

async function confirm({ host, message }: ConfirmationRequired, hosts: ConfirmedHosts, io: CommandIo): Promise<void> {
  if (!io.ask) throw impossible(`${printable(message)}, with --yes-i-may-test ${printable(host)}`);
  const answer = await io.ask(`${printable(message)}.\nAre you allowed to load-test ${printable(host)}? Type yes to continue: `);
  if (answer.trim().toLowerCase() !== 'yes') throw impossible(`${printable(host)} was not confirmed; nothing was sent`);
  try {
    await hosts.add(host);
  } catch (error) {
    // Good for this run all the same.
    if (!(error instanceof NotRemembered)) throw error;
    io.stderr.write(`nodeswarm: ${printable(error.message)}\n`);
  }
}
