import { alternate, pairedRatios, type Rounds, type Spread, spreadOf } from '../measure/rounds';
import type { FullSpeedWork, Peer } from '../peers/peer';
import { figureText, spreadText } from '../report/figure-text';
import type { ReportTable } from '../report/report';
import type { Bench } from './section';

/** A client whose requests a second are measured beside others. */
export interface RateClient {
  name: string;
  remark: string;
  requestsPerSecond(): Promise<number>;
}

/** What clients reached, in turn. */
export interface Rates {
  /** By client's name. */
  rounds: Record<string, Rounds>;
  /** Clients that failed, a sentence each. */
  failures: string[];
}

/** Measures clients in turn, as many rounds as the bench has. */
export async function measureRates(bench: Bench, clients: readonly RateClient[]): Promise<Rates> {
  const failures: string[] = [];
  const contenders = clients.map(({ name, requestsPerSecond }) => ({ name, measure: requestsPerSecond }));
  const rounds = await alternate(contenders, bench.rounds, {
    measured: (round, name, figure) => bench.say(`round ${round + 1}: ${name} ${figureText(figure)} requests/s`),
    failed: (name, why) => {
      failures.push(`${name} failed and is left out from then on: ${why}`);
      bench.say(`${name} failed: ${why}`);
    },
  });
  return { rounds: Object.fromEntries(rounds), failures };
}

/** A peer at full speed as such a client. */
export function peerClient(peer: Peer, work: FullSpeedWork, name = peer.name): RateClient {
  const remark = work.http2 && peer.http2Remark ? `${peer.remark}; ${peer.http2Remark}` : peer.remark;
  return { name, remark, requestsPerSecond: () => peer.fullSpeed(work) };
}

/** One client's figure over another's, round by round. */
export function ratio({ rounds }: Rates, ours: string, theirs: string): Spread | null {
  return spreadOf(pairedRatios(rounds[ours] ?? [], rounds[theirs] ?? []));
}

/** Rates of clients, and what `ours` is of each. */
export function rateTable(title: string, rates: Rates, ours: string, clients: readonly RateClient[]): ReportTable {
  return {
    title,
    columns: ['client', 'requests/s', `${ours} is, of it`, 'what it does'],
    wordy: ['what it does'],
    rows: clients.map(({ name, remark }) => [
      name,
      spreadText(spreadOf(rates.rounds[name] ?? [])),
      name === ours ? '' : spreadText(ratio(rates, ours, name), 'x'),
      remark,
    ]),
  };
}
