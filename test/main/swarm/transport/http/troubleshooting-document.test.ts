import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ERROR_NAMES, RENEGOTIATION_REFUSED, TLS_WHY_BY_CODE } from '../../../../../src/main/swarm/transport/http/error-names';
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
  it('has an entry for every error name', () => {
    const entries = [
      ...entriesBelow(/No connection/),
      ...entriesBelow(/The connection broke/),
      ...entriesBelow(/not what was expected/),
    ];
    for (const name of Object.values(ERROR_NAMES)) expect(entries).toContain(name);
    for (const name of ['HTTP 503', 'Expectation: latency', 'ProxyError: closed', 'ProxyError: malformed answer']) {
      expect(entries).toContain(name);
    }
  });

  it('has an entry for every why of a malformed answer, and no other', () => {
    expect(entriesBelow(/MalformedResponse/).sort()).toEqual(Object.values(WHY).sort());
  });

  it('has an entry for every why of a failed handshake that has a name of its own', () => {
    const entries = entriesBelow(/TlsError/);
    for (const why of new Set([...Object.values(TLS_WHY_BY_CODE), RENEGOTIATION_REFUSED])) expect(entries).toContain(why);
  });

  it('quotes what the generator says of its own health', async () => {
    const source = await readFile('src/main/runs/health.ts', 'utf8');
    for (const entry of entriesBelow(/Reading its health/)) {
      const [beginning = ''] = entry.split(/:? …/);
      const isOfMerger = entry === 'reported late';
      expect(isOfMerger ? await readFile('src/main/runs/second-merger.ts', 'utf8') : source, entry).toContain(beginning);
    }
  });
});
