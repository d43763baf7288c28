import { describe, expect, it } from 'vitest';
import { type Migration, migrateDocument, migrationNotice } from '../../../src/shared/scenario/migrate';
import { problemsOf } from './documents';

describe('the version of a document', () => {
  it.each([
    [undefined, 'the version of the document is missing'],
    [2, 'version 2 is newer than this program, which reads versions up to 1'],
    ['1', '"1" is not a version'],
    [1.5, '1.5 is not a version'],
    [0, '0 is not a version'],
    [null, 'this is not a version'],
    [[1], 'this is not a version'],
  ])('%j: %s', (version, message) => {
    const problems = problemsOf({ nodeswarm: version, name: 5 });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: 'nodeswarm', message: expect.stringContaining(message) });
    expect(problems[0]?.expected).toMatch(/"nodeswarm": 1|version 1/);
  });
});

describe('migrations', () => {
  // A made-up past: version 1 said `users`, version 2 said `nodes` at the top, version 3 says `load.nodes`.
  const migrations: Record<number, Migration> = {
    1: ({ users, ...rest }) => ({ ...rest, nodes: users }),
    2: ({ nodes, ...rest }) => ({ ...rest, load: { nodes } }),
  };

  it('lead from any version to the current one, one at a time', () => {
    expect(migrateDocument({ nodeswarm: 1, users: 5, name: 'x' }, 3, migrations)).toEqual({
      document: { nodeswarm: 3, name: 'x', load: { nodes: 5 } },
      fromVersion: 1,
    });
    expect(migrateDocument({ nodeswarm: 2, nodes: 6 }, 3, migrations)).toMatchObject({ document: { load: { nodes: 6 } } });
  });

  it('leave a current document as it is and the given one untouched', () => {
    const old = { nodeswarm: 1, users: 5 };
    migrateDocument(old, 3, migrations);
    expect(old).toEqual({ nodeswarm: 1, users: 5 });
    expect(migrateDocument({ nodeswarm: 3, users: 1 }, 3, migrations)).toEqual({
      document: { nodeswarm: 3, users: 1 },
      fromVersion: 3,
    });
  });

  it('say when nothing leads on from a version', () => {
    expect(migrateDocument({ nodeswarm: 1 }, 3, { 2: (document) => document })).toEqual({
      problem: {
        path: 'nodeswarm',
        message: 'version 1 is too old: this program cannot read it',
        expected: 'a document of version 3',
      },
    });
    expect(migrateDocument({ nodeswarm: 4 }, 3, migrations)).toMatchObject({
      problem: { message: expect.stringContaining('newer') },
    });
  });

  it('are told of', () => {
    expect(migrationNotice(3, 3)).toBeNull();
    expect(migrationNotice(1, 3)?.message).toBe('the document is 2 versions behind and was read as version 3');
  });
});
