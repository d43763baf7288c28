import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  ERROR_NAMES,
  PROXY_WHY,
  RENEGOTIATION_REFUSED,
  TLS_WHY_BY_CODE,
  UNEXPECTED,
} from '../../../../../src/main/swarm/transport/http/error-names';
import { WHY } from '../../../../../src/main/swarm/transport/http/malformed-why';

const text = await readFile('docs/troubleshooting.md', 'utf8');

/** What stands in backticks in the first column of the tables below a heading, up to the next heading. */
function entriesBelow(heading: RegExp): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('#') && heading.test(line));
  if (from < 0) throw new Error(`docs/troubleshooting.md has no heading like ${heading}`);
  const length = lines.slice(from + 1).findIndex((line) => line.startsWith('#'));
  const section = lines.slice(from + 1, length < 0 ? undefined : from + 1 + length);
  const firstCells = section.filter((line) => line.startsWith('|')).map((line) => line.split('|')[1] ?? '');
  return firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, entry = '']) => entry));
}

describe('docs/troubleshooting.md', () => {
  // No request can fail by another name: `ErrorName`, which the compiler holds all code to, is made of the same lists.
  it('has an entry for every error name, and no other', () => {
    const names = [
      ...Object.values(ERROR_NAMES),
      ...Object.values({ ...PROXY_WHY, status: PROXY_WHY.status(407) }).map((why) => `ProxyError: ${why}`),
      ...Object.values({
        ...UNEXPECTED,
        status: UNEXPECTED.status(503),
        header: UNEXPECTED.header('<name>'),
        bodyJson: UNEXPECTED.bodyJson('<path>'),
      }),
    ];
    const entries = [/No connection/, /The connection broke/, /not what was expected/].flatMap(entriesBelow);
    expect(entries.sort()).toEqual(names.sort());
  });

  it('has an entry for every why of a malformed answer, and no other', () => {
    expect(entriesBelow(/MalformedResponse/).sort()).toEqual(Object.values(WHY).sort());
  });

  it('has an entry for every why of a failed handshake that has a name of its own', () => {
    const entries = entriesBelow(/TlsError/);
    for (const why of new Set([...Object.values(TLS_WHY_BY_CODE), RENEGOTIATION_REFUSED])) expect(entries).toContain(why);
  });

  it('has an entry for whatever makes a second generator-limited, and no other', async () => {
    const sources = ['health.ts', 'second-merger.ts'].map((name) => readFile(`src/main/runs/${name}`, 'utf8'));
    const source = (await Promise.all(sources)).join();
    const beginnings = entriesBelow(/Reading its health/).map((entry) => entry.split(/:? …/)[0] as string);
    for (const beginning of beginnings) expect(source).toContain(beginning);
    // Sentences begin with whose they are.
    const sentences = [...source.matchAll(/(?:push\(|return )`(?:shard \$\{[^}]*\} |\$\{(?:who|nameOf)[^}]*\} )?([^`$]+)/g)];
    expect(sentences.length).toBeGreaterThanOrEqual(7);
    const missing = sentences.filter(([, words = '']) => !beginnings.some((beginning) => words.startsWith(beginning)));
    expect(missing.map(([sentence]) => sentence)).toEqual([]);
  });
});
