import { ApiError } from '../../shared/api/reply';
import type { Scenario } from '../../shared/scenario/schema';
import { hostOf } from '../../shared/target/test-permission';
import { hostsOf } from '../runs/permission';
import type { ConfirmedHosts } from './confirmed-hosts';

/**
 * The hosts that the user has confirmed, the one of this call (`given`) among them, which is remembered. Throws an `ApiError` when that is no
 * host of the scenario: nobody was asked about it; rejects with `NotRemembered`, once, when the file of the hosts cannot be written.
 */
export async function consentFor(scenario: Scenario, given: string | undefined, hosts: ConfirmedHosts): Promise<string[]> {
  if (given !== undefined) {
    const host = hostOf(given);
    if (host === null || !hostsOf(scenario).includes(host)) {
      throw new ApiError('refused', 'The scenario does not send to the confirmed host; start again.');
    }
    await hosts.add(host);
  }
  return await hosts.list();
}
