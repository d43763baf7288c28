import { resolve } from 'node:path';
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

  it.each([[['nodeswarm']], [['nodeswarm', '--config=a.json']], [['electron', '.', 'notes.txt']], [['tool.json']]])(
    'is not there in %j',
    (argv) => {
      expect(documentInArguments(argv, '/home/ada')).toBeNull();
    },
  );
});
