import { expect, it } from 'vitest';
import { childEnvironment, reachesChildren } from '../../../src/main/process/child-environment';

it('gives children what processes need, and nothing whose name only begins like it', () => {
  const needed = { PATH: '/bin', LC_ALL: 'C', NODE_OPTIONS: '--no-warnings', XDG_RUNTIME_DIR: '/run/user/1', Path: 'C:\\' };
  const others = {
    NODE_AUTH_TOKEN: '1',
    NODESWARM_API_KEY: '2',
    XDG_TOKEN: '3',
    LC_SECRET: '4',
    ELECTRON_KEY: '5',
    SSL_CERT_PASSWORD: '6',
    OPENSSL_PIN: '7',
    DYLD_X: '8',
    PATH_TOKEN: '9',
    API_TOKEN: '10',
  };
  expect(childEnvironment({ ...needed, ...others }, { OWN: 'x' })).toEqual({ ...needed, OWN: 'x' });
  expect(Object.keys(needed).every(reachesChildren)).toBe(true);
  expect(Object.keys(others).some(reachesChildren)).toBe(false);
});
