import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { RunController } from '../../src/main/runs/run-controller';
import { shardMain } from '../../src/main/swarm/shard-main';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { buildReport } from '../../src/shared/stats/report';
import { type Certificates, CONNECTION_FAULTS, createCertificates } from '../support/connection-faults';
import { COMPLETED, expectOutcomes, type FaultCase, faultScenario } from '../support/fault-run';
import { InMemoryProcessHost } from '../support/in-memory-host';
import { scenarioOf } from '../support/swarm-run';

type Outcome = [wire: string, undici?: string | null, request?: FaultCase['request']];

/** undici's client is not asked: it speaks HTTP/2, which knows nothing of the kind. */
const NOT_ASKED = null;

const megabytes = { method: 'POST', body: { kind: 'text', text: 'x'.repeat(8_000_000) } } as const;

const OUTCOMES: Record<keyof typeof CONNECTION_FAULTS, Outcome> = {
  'refuses connections': ['ConnectionRefused'],
  'resets at the connect': ['ConnectionReset'],
  'closes at the connect': ['ConnectionReset'],
  'accepts and never answers': ['ResponseTimeout'],
  'answers before it was asked': [COMPLETED],
  'answers before the request was sent': [COMPLETED, COMPLETED, megabytes],
  'speaks TLS where HTTP is expected': ['ConnectionReset'],
  'speaks HTTP where TLS is expected': ['TlsError: wrong version number'],
  'accepts and never shakes hands': ['ConnectTimeout'],
  'breaks off the handshake': ['ConnectionReset'],
  'garbage for a handshake': ['TlsError: wrong version number'],
  'an expired certificate': ['TlsError: certificate expired'],
  'a certificate of tomorrow': ['TlsError: certificate not yet valid'],
  'a certificate of another name': ['TlsError: hostname mismatch'],
  'a self-signed certificate': ['TlsError: self-signed certificate'],
  'a certificate of a stranger': ['TlsError: unable to verify'],
  'asks for a certificate': ['TlsError: alert handshake failure', NOT_ASKED],
  'asks to renegotiate TLS': ['TlsError: renegotiation refused'],
  'asks to renegotiate TLS after its answer': [COMPLETED, NOT_ASKED],
};

let certificates: Certificates;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nodeswarm-faults-'));
  certificates = await createCertificates();
  writeFileSync(join(folder, 'ca.pem'), certificates.authority.cert);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['wire', 'undici'] as const)('A backend that fails as a listener, and the %s client', (client) => {
  const asked = Object.entries(OUTCOMES).filter(([, [, undici]]) => client === 'wire' || undici !== NOT_ASKED);

  it.concurrent.each(asked)('%s', async (fault, [wire, undici, request]) => {
    const outcome = client === 'wire' ? wire : (undici ?? wire);
    const backend = await CONNECTION_FAULTS[fault as keyof typeof CONNECTION_FAULTS](certificates);
    try {
      const cases: FaultCase[] = [request ? { fault, outcome, request } : { fault, outcome }];
      const report = await reportOf(targetOf(client, backend.secure, backend.port, outcome), cases);
      expectOutcomes(report, cases);
    } finally {
      await backend.close();
    }
  });

  it('a name that nobody knows', async () => {
    const cases = [{ fault: 'a name that nobody knows', outcome: 'DnsError' }];
    const target: ScenarioDocument['target'] =
      client === 'wire' ? { baseUrl: 'http://nodeswarm.invalid' } : { baseUrl: 'https://nodeswarm.invalid', http: '2' };
    expectOutcomes(await reportOf(target, cases), cases);
  });
});

/** Over undici's client: HTTP/2 where there is TLS, else a proxy, whose part the backend plays. */
function targetOf(client: 'wire' | 'undici', secure: boolean, port: number, outcome: string): ScenarioDocument['target'] {
  const address = `${secure ? 'https' : 'http'}://localhost:${port}`;
  const limits = outcome === 'ConnectTimeout' ? { connectTimeoutMs: 300 } : {};
  if (client === 'undici' && !secure) return { baseUrl: 'http://127.0.0.1', proxy: address, ...limits };
  return { baseUrl: address, http: client === 'undici' ? '2' : '1.1', tls: { caFile: 'ca.pem' }, ...limits };
}

async function reportOf(target: ScenarioDocument['target'], cases: FaultCase[]) {
  const controller = new RunController({ host: new InMemoryProcessHost({ shard: shardMain }), store: null });
  const run = await controller.start({
    scenario: scenarioOf(faultScenario(target, cases, 0.5)),
    folder,
    shards: 1,
    seed: 1,
    stopTimeoutSeconds: 60,
  });
  return buildReport(await run.done);
}
