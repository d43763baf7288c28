import { isAbsolute, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, defaultDatabaseFile } from '../../../src/main/store/locations';

describe('locations', () => {
  it('keeps the history in the data folder of the platform', () => {
    expect(isAbsolute(dataFolder({}))).toBe(true);
    expect(defaultDatabaseFile({})).toBe(join(dataFolder({}), 'nodeswarm.db'));
    expect(defaultDatabaseFile({})).toMatch(/nodeswarm/i);
  });

  it('keeps it where NODESWARM_DATA says', () => {
    expect(defaultDatabaseFile({ NODESWARM_DATA: 'my data' })).toBe(join(resolve('my data'), 'nodeswarm.db'));
  });
});
