import { createSecureServer } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import type { LiveRun } from '../../src/main/runs/run';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { buildReport } from '../../src/shared/stats/report';
import { createCertificate } from './certificates';
import { LoopbackServer, type Place } from './loopback-server';
import { NameServer } from './name-server';
import { okResponse, RawServer } from './raw-server';
import { recovered, secondsOver, startRecoveryRun } from './recovery-run';

/**
 * To be run by `onOwnMachine`, where this program's name server is the only one: runs against `backend.test`, which becomes unknown, and then
 * is elsewhere. Prints what became of them as JSON.
 */
const NAME = 'backend.test';
setTimeout(() => {
  console.error('a run did not find what it waited for within 50 s');
  process.exit(1);
}, 50_000);
const names = await NameServer.listen(NAME, '127.0.0.1');
const certificate = await createCertificate({ name: NAME });

async function serve(place: Place) {
  const plain = await RawServer.listen((_request, socket) => socket.write(okResponse()), place);
  let answered = 0;
  const http2 = createSecureServer(certificate, (_request, response) => {
    answered++;
    response.end('ok');
  });
  const secure = await new LoopbackServer(http2).listening({ ...place, port: place.port ? place.port + 1 : 0 });
  return { plain, secure, answered: () => answered };
}

async function ended(run: LiveRun) {
  run.stop();
  const data = await run.done;
  const { accounting, failures, run: record } = buildReport(data);
  const { status, statusReason, degraded } = record;
  const recoveries = data.events.filter(({ kind }) => kind === 'recovered').map(({ text }) => text);
  return { record: { status, statusReason, degraded }, accounting, failures: failures.map(({ error }) => error), recoveries };
}

async function failedBy(run: LiveRun, error: string): Promise<void> {
  while (!buildReport(run.snapshot()).failures.some((failure) => failure.error === error)) await pause(100);
}

const here = await serve({ port: 8000 });
const ways: ScenarioDocument['target'][] = [
  { baseUrl: `http://${NAME}:8000` },
  { baseUrl: `https://${NAME}:8001`, http: '2', tls: { insecure: true } },
  // The proxy moves.
  { baseUrl: 'http://127.0.0.1', proxy: `http://${NAME}:8000` },
];
const movers = await Promise.all(ways.map((target) => startRecoveryRun(target)));
const back = movers.map(recovered);
await Promise.all(movers.map((run) => secondsOver(run, 1)));
names.address = null;
// Nobody is at the old address, and then nobody knows the name.
await Promise.all([here.plain.close(), here.secure.close()]);
await Promise.all(movers.map((run) => failedBy(run, 'DnsError')));
const elsewhere = await serve({ host: '127.0.0.2', port: 8000 });
names.address = '127.0.0.2';
await Promise.all(back);
const moved = await Promise.all(movers.map(ended));

// One that stays connected does not ask.
const acceptedBefore = elsewhere.plain.accepted;
const stayer = await startRecoveryRun({ baseUrl: `http://${NAME}:8000` });
await secondsOver(stayer, 1);
names.address = null;
await secondsOver(stayer, 2);
const stayed = await ended(stayer);

const result = {
  moved,
  paths: [...new Set(elsewhere.plain.requests.map(({ path }) => path))].sort(),
  answeredOverHttp2: elsewhere.answered(),
  stayed: { ...stayed, connections: elsewhere.plain.accepted - acceptedBefore },
  asked: [...new Set(names.asked)],
};
process.stdout.write(JSON.stringify(result), () => process.exit(0));
