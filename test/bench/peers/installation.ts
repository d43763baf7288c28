import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where peers are kept that no package of the system brings. */
export function cacheFolder(): string {
  const folder = process.env.BENCH_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'nodeswarm-bench');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Installing is let to take so long: k6 is compiled. */
const INSTALL_TIMEOUT_MS = 20 * 60_000;

/**
 * The first line that a program prints about its version. Throws when it cannot be started. Some (wrk) call it an error to be asked.
 */
export function versionLine(program: string, args: readonly string[]): string {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 30_000 });
  if (error) throw new Error(`${program} could not be started: ${error.message}`);
  return (stdout.trim() || stderr.trim()).split('\n')[0] ?? '';
}

/** Whether a program is on the PATH, or is a file. */
export function canStart(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 30_000 }).error === undefined;
}

/** The program of a Go module (`go install`), from the cache folder. Throws when it cannot be installed. */
export function goProgram(name: string, module: string, version: string): string {
  const bin = join(cacheFolder(), 'bin');
  const program = join(bin, name);
  if (existsSync(program)) return program;
  if (!canStart('go')) throw new Error(`there is no Go here to install ${name} with (go install ${module}@${version})`);
  console.log(`Installing ${name} with go install (once, some minutes)…`);
  // Modules that can be deleted again by whoever cleans the cache.
  const env = { ...process.env, GOBIN: bin, GOFLAGS: '-modcacherw' };
  install('nice', ['-n', '15', 'go', 'install', `${module}@${version}`], env);
  return program;
}

/** A program of a Python package, from a virtual environment in the cache folder. Throws when it cannot be installed. */
export function pythonProgram(name: string, requirement: string): string {
  const folder = join(cacheFolder(), `${name}-venv`);
  const program = join(folder, 'bin', name);
  if (existsSync(program)) return program;
  console.log(`Installing ${requirement} with pip (once)…`);
  install('python3', ['-m', 'venv', folder]);
  install(join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', requirement]);
  return program;
}

function install(command: string, args: readonly string[], env = process.env): void {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8', env, timeout: INSTALL_TIMEOUT_MS });
  if (error) {
    const isLate = (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
    throw new Error(
      isLate
        ? `${command} ${args.join(' ')} was not done after ${INSTALL_TIMEOUT_MS / 60_000} minutes; what it has done is kept, so try again`
        : `${command} could not be started: ${error.message}`,
    );
  }
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.trim().slice(-300)}`);
}
