import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError, EXIT } from '../../../src/main/cli/exit-code';
import { consentOnTerminal } from '../../../src/main/cli/test-consent';
import { scenarioOf, smallScenario } from '../../support/swarm-run';
import { tempFolder } from '../../support/temp-folder';
import { capturedIo } from './support/captured-io';
import { runCli } from './support/spawned-cli';

const scenario = scenarioOf(
  smallScenario('http://public.test', {
    nodeTypes: [{ name: 'node', tasks: [{ name: 'get', steps: [{ request: { path: '/' } }] }] }],
  }),
);
const resolve = async () => ['203.0.113.7'];

/** A process whose person gives these answers, one after the other; without any there is no person. */
function terminal(folder: string, answers: string[] | null) {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answers?.shift() ?? '';
  };
  return { io: capturedIo({ env: { NODESWARM_DATA: folder }, ask: answers && ask }), questions };
}

async function refusal(call: Promise<unknown>): Promise<CommandError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('consentOnTerminal', () => {
  it('refuses where there is nobody to ask, and says which option confirms', async () => {
    const { io } = terminal(tempFolder(), null);
    const { message, exitCode } = await refusal(consentOnTerminal(scenario, [], io, resolve));
    expect(message).toMatch(/^public\.test \(203\.0\.113\.7\) is neither .* with --yes-i-may-test public\.test$/);
    expect(exitCode).toBe(EXIT.impossible);
  });

  it('takes the option for an answer, and remembers nothing', async () => {
    const folder = tempFolder();
    const { io } = terminal(folder, null);
    expect(await consentOnTerminal(scenario, ['PUBLIC.test'], io, resolve)).toEqual(['PUBLIC.test']);
    await refusal(consentOnTerminal(scenario, ['other.test'], terminal(folder, null).io, resolve));
  });

  it('asks the person at the terminal once for each host', async () => {
    const folder = tempFolder();
    const { io, questions } = terminal(folder, [' Yes ']);
    expect(await consentOnTerminal(scenario, [], io, resolve)).toEqual(['public.test']);
    expect(questions).toEqual([expect.stringContaining('Are you allowed to load-test public.test?')]);
    // From now on nobody need be there.
    expect(await consentOnTerminal(scenario, [], terminal(folder, null).io, resolve)).toEqual(['public.test']);
  });

  it('says that an answer cannot be written, and goes by it all the same', async () => {
    const folder = tempFolder();
    const ask = async () => {
      mkdirSync(join(folder, 'confirmed-hosts.json', 'in-the-way'), { recursive: true });
      return 'yes';
    };
    const io = capturedIo({ env: { NODESWARM_DATA: folder }, ask });
    expect(await consentOnTerminal(scenario, [], io, resolve)).toEqual(['public.test']);
    expect(io.stderr.text).toMatch(/^nodeswarm: The confirmed hosts are kept only until Nodeswarm closes: .*\.\n$/);
  });

  it.each(['no', '', 'y', 'public.test'])('takes "%s" for no', async (answer) => {
    const folder = tempFolder();
    const { message, exitCode } = await refusal(consentOnTerminal(scenario, [], terminal(folder, [answer]).io, resolve));
    expect([message, exitCode]).toEqual(['public.test was not confirmed; nothing was sent', EXIT.impossible]);
    await refusal(consentOnTerminal(scenario, [], terminal(folder, null).io, resolve));
  });

  it('keeps what was confirmed beside the settings', async () => {
    const folder = tempFolder();
    await consentOnTerminal(scenario, [], terminal(folder, ['yes']).io, resolve);
    const { default: kept } = await import(join(folder, 'confirmed-hosts.json'), { with: { type: 'json' } });
    expect(kept).toEqual([{ host: 'public.test', confirmedAt: expect.any(Number) }]);
  });
});

it('a run names the host that needs the option, and with it goes on to what comes next', async () => {
  const folder = tempFolder();
  // Nothing is ever sent: the secret that is not set is found after the question.
  const target = { baseUrl: 'http://203.0.113.7:9', headers: { 'x-token': '{{secret.NOT_SET_ANYWHERE}}' } };
  const nodeTypes = [{ name: 'node', tasks: [{ name: 'get', steps: [{ request: { path: '/' } }] }] }];
  writeFileSync(join(folder, 'x.nodeswarm.json'), JSON.stringify(smallScenario('', { target, nodeTypes })));
  const run = (...options: string[]) => runCli(['run', 'x.nodeswarm.json', '--no-history', ...options], { folder });
  const asked = await run();
  expect(asked.stderr).toMatch(/^nodeswarm: 203\.0\.113\.7 is neither [^\n]* with --yes-i-may-test 203\.0\.113\.7\.\n$/);
  expect(asked.code).toBe(3);
  expect((await run('--yes-i-may-test', '203.0.113.8')).stderr).toBe(asked.stderr);
  expect((await run('--yes-i-may-test', '203.0.113.7')).stderr).toMatch(/NOT_SET_ANYWHERE/);
});
