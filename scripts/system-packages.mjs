// Programs that the tests hold the product against. Installed where that can be done without asking; otherwise said in one sentence.
import { spawnSync } from 'node:child_process';
import { fail } from './toolchain.mjs';

const NGINX = { program: 'nginx', alternatives: [], variable: 'NGINX_PATH', package: 'nginx-light' };

/** What `npm test` needs. */
export const TEST_PROGRAMS = [
  NGINX,
  {
    program: 'chromium',
    alternatives: ['chromium-browser', 'google-chrome', 'google-chrome-stable'],
    variable: 'CHROMIUM_PATH',
    package: 'chromium',
  },
];

/** What `npm run bench` needs. */
export const BENCH_PROGRAMS = [NGINX, { program: 'wrk', alternatives: [], variable: 'WRK_PATH', package: 'wrk' }];

/** Whether a program can be started. */
export function isAvailable(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Installs what is missing (Debian and Ubuntu, as root or with passwordless sudo), or ends with what to install by hand. */
export function ensureSystemPackages(programs) {
  const missing = programs.filter(
    ({ program, alternatives, variable }) =>
      !process.env[variable] && ![program, `/usr/sbin/${program}`, ...alternatives].some(isAvailable),
  );
  if (missing.length === 0) return;
  const packages = missing.map((need) => need.package);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', '-qq', ...args];
    return (
      spawnSync(command, rest, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
      0
    );
  };
  console.error(`Installing ${packages.join(', ')} for the tests (once)…`);
  if (isAvailable('apt-get') && apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)) return;
  const ways = missing.map(({ program, variable }) => `${program} (or set ${variable} to its path)`);
  fail(`the tests need ${ways.join(' and ')}, which could not be installed here. Install it and run npm test again.`);
}
