import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentInArguments } from '../../../src/main/desktop/document-arguments';

describe('the scenario on a command line', () => {
  it.each([
    [['nodeswarm', 'a.nodeswarm.json'], 'a.nodeswarm.json'],
    [['electron', 'out/main/index.js', 'a.json'], 'a.json'],
    [['electron', '--inspect=0', 'out/main/index.js', '--no-sandbox', 'x.JSON', 'y.json'], 'x.JSON'],
  ])('is found in %j', (argv, expected) => {
    expect(documentInArguments(argv, '/home/ada')).toBe(resolve('/home/ada', expected));
  });

  it('is found as an address, which is how file managers of Linux hand it over', () => {
    const path = join(tmpdir(), 'a b.nodeswarm.json');
    expect(documentInArguments(['nodeswarm', pathToFileURL(path).href], '/home/ada')).toBe(path);
    expect(documentInArguments(['nodeswarm', 'file://host/%ff%2f.json'], '/home/ada')).toBeNull();
  });

  it.each([[['nodeswarm']], [['nodeswarm', '--config=a.json']], [['electron', '.', 'notes.txt']], [['tool.json']]])(
    'is not there in %j',
    (argv) => {
      expect(documentInArguments(argv, '/home/ada')).toBeNull();
    },
  );
});
