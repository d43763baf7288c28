import { plural, type ScenarioProblem } from './problem';
import { SCENARIO_VERSION } from './schema';

/** Lifts a document from one version to the next. It gets a document of that version as it was written, perhaps with mistakes. */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

/** By the version they start from. Version 1 is the first, so there is none yet. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

export type MigrationResult = { document: Record<string, unknown>; fromVersion: number } | { problem: ScenarioProblem };

/**
 * Lifts a document to `currentVersion`, one version at a time. Documents without a usable version, newer than this program or of
 * a version that nothing leads on from give a problem.
 */
export function migrateDocument(
  document: Record<string, unknown>,
  currentVersion: number = SCENARIO_VERSION,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
): MigrationResult {
  const expected = `"nodeswarm": ${currentVersion}`;
  const version = document.nodeswarm;
  if (version === undefined) {
    return problem('the version of the document is missing', `${expected} (the version of the document format)`);
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const found = typeof version === 'string' || typeof version === 'number' ? JSON.stringify(version).slice(0, 40) : 'this';
    return problem(
      `${found} is not a version of the document format`,
      `a whole number from 1 to ${currentVersion}, as in ${expected}`,
    );
  }
  if (version > currentVersion) {
    const message = `version ${version} is newer than this program, which reads versions up to ${currentVersion}`;
    return problem(message, `a newer Nodeswarm, or a document of version ${currentVersion}`);
  }
  let lifted = document;
  for (let from = version; from < currentVersion; from++) {
    const migration = migrations[from];
    if (!migration) {
      return problem(`version ${version} is too old: this program cannot read it`, `a document of version ${currentVersion}`);
    }
    lifted = { ...migration(lifted), nodeswarm: from + 1 };
  }
  return { document: lifted, fromVersion: version };
}

/** What to tell about a document that was lifted; null when it was not. */
export function migrationNotice(fromVersion: number, currentVersion: number = SCENARIO_VERSION): ScenarioProblem | null {
  const steps = currentVersion - fromVersion;
  if (steps === 0) return null;
  return {
    path: 'nodeswarm',
    message: `the document is ${plural(steps, 'version')} behind and was read as version ${currentVersion}`,
    expected: `the document saved again, which makes it version ${currentVersion}`,
  };
}

function problem(message: string, expected: string): MigrationResult {
  return { problem: { path: 'nodeswarm', message, expected } };
}
