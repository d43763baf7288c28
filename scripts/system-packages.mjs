// Programs that tests and benchmarks hold the product against. Installed where that can be done without asking; otherwise said in one sentence.
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

/** Load generators that `npm run bench` measures beside ours, where they can be had. */
export const PEER_PROGRAMS = [
  { program: 'wrk', alternatives: [], variable: 'WRK_PATH', package: 'wrk' },
  { program: 'hey', alternatives: [], variable: 'HEY_PATH', package: 'hey' },
];

/** Whether a program can be started. */
function isAvailable(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Installs what is missing (Debian and Ubuntu, as root or with passwordless sudo), or ends with what to install by hand. */
export function ensureSystemPackages(programs) {
  const missing = programs.filter(isMissing);
  if (missing.length === 0 || install(missing)) return;
  const ways = missing.map(({ program, variable }) => `${program} (or set ${variable} to its path)`);
  fail(`this needs ${ways.join(' and ')}, which could not be installed here; install it and try again.`);
}

/** Installs what is missing, each by itself, where that can be done; nothing is said of what cannot be had. */
export function tryInstalling(programs) {
  for (const need of programs) if (isMissing(need)) install([need]);
}

function isMissing({ program, alternatives, variable }) {
  return !process.env[variable] && ![program, `/usr/sbin/${program}`, ...alternatives].some(isAvailable);
}

/** Whether it worked. */
function install(needs) {
  const packages = needs.map((need) => need.package);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', '-qq', ...args];
    return (
      spawnSync(command, rest, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
      0
    );
  };
  if (!isAvailable('apt-get')) return false;
  console.error(`Installing ${packages.join(', ')} (once)…`);
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages);
}
