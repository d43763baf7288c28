import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/shared/scenario/parse';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { serializeScenario } from '../../../src/shared/scenario/serialize';
import { CREDENTIAL_NOT_KEPT, withoutCredentials } from '../../../src/shared/scenario/without-credentials';
import { scenarioOf, smallScenario } from '../../support/swarm-run';

function kept(target: Partial<ScenarioDocument['target']>, headers: Record<string, string> = {}) {
  const baseUrl = 'http://127.0.0.1:8080';
  const step = { request: { path: '/', headers } };
  return withoutCredentials(
    scenarioOf(
      smallScenario(baseUrl, {
        target: { baseUrl, ...target },
        nodeTypes: [
          {
            name: 'node',
            variables: [{ name: 'token', generator: { kind: 'uuid' } }],
            onStart: [step],
            tasks: [{ name: 't', steps: [step] }],
            onStop: [step],
          },
        ],
      }),
    ),
  );
}

describe('withoutCredentials', () => {
  it.each([
    'Bearer abc',
    'abc',
    'Bearer abc{{secret.T}}',
    'Basic dTpw',
    'Bearer {{secret.T}} abc',
    'Bearer abc {{secret.T}}',
    '{{choice("abc", "def")}}',
  ])('leaves "%s" out of every header that lets somebody in', (value) => {
    const scenario = kept(
      { headers: { Authorization: value, 'x-plain': value } },
      { COOKIE: value, 'proxy-authorization': value, 'X-Api-Key': value },
    );
    expect(scenario.target.headers).toEqual({ Authorization: CREDENTIAL_NOT_KEPT, 'x-plain': value });
    const [type] = scenario.nodeTypes;
    for (const steps of [type?.onStart, type?.tasks[0]?.steps, type?.onStop]) {
      expect(steps?.[0]?.request?.headers).toEqual({
        COOKIE: CREDENTIAL_NOT_KEPT,
        'proxy-authorization': CREDENTIAL_NOT_KEPT,
        'X-Api-Key': CREDENTIAL_NOT_KEPT,
      });
    }
  });

  it.each(['Bearer {{secret.TOKEN}}', '{{secret.TOKEN}}', 'Bearer {{secret.T}}', 'Basic {{secret.A}}{{secret.B}}', ''])(
    'keeps the reference "%s"',
    (value) => {
      expect(kept({ headers: { authorization: value } }).target.headers).toEqual({ authorization: value });
    },
  );

  it('leaves out passwords, tokens and the user of a proxy', () => {
    expect(kept({ auth: { kind: 'basic', username: 'u', password: 'p' } }).target.auth).toEqual({
      kind: 'basic',
      username: 'u',
      password: CREDENTIAL_NOT_KEPT,
    });
    expect(kept({ auth: { kind: 'bearer', token: 't' } }).target.auth).toEqual({ kind: 'bearer', token: CREDENTIAL_NOT_KEPT });
    expect(kept({ auth: { kind: 'bearer', token: '{{secret.T}}' } }).target.auth).toEqual({
      kind: 'bearer',
      token: '{{secret.T}}',
    });
    expect(kept({ proxy: 'http://user:p%40w@proxy:3128' }).target.proxy).toBe('http://proxy:3128');
    expect(kept({ proxy: 'http://user:p@w@proxy:3128' }).target.proxy).toBe('http://proxy:3128');
    expect(kept({ proxy: 'http://proxy:3128' }).target.proxy).toBe('http://proxy:3128');
  });

  it('leaves a scenario that can be opened, and changes nothing else', () => {
    const scenario = kept({ headers: { authorization: 'Bearer abc' }, auth: undefined });
    expect(parseScenario(serializeScenario(scenario))).toMatchObject({ ok: true });
    const harmless = scenarioOf(
      smallScenario('http://127.0.0.1', {
        nodeTypes: [{ name: 'n', tasks: [{ name: 't', steps: [{ request: { path: '/' } }] }] }],
      }),
    );
    expect(withoutCredentials(harmless)).toEqual(harmless);
  });
});
