import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main/cli/program';
import { capturedIo } from '../main/cli/support/captured-io';
import { FORMULA, hostileScenario, hostileServer } from '../support/hostile-text';
import type { RawServer } from '../support/raw-server';
import { tempFolder } from '../support/temp-folder';

// A stranger's scenario against a hostile backend, on the command line: what reaches the terminal, the log and the files. The HTML report
// is opened in a browser by test/main/reports/html.test.ts, the app by test/e2e/security.spec.ts.

/** Colours, cursor movements and erasing, as the live view writes them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const OWN_SEQUENCES = /\u001b\[[\d;?]*[A-KmhlGJK]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const DANGEROUS = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

let server: RawServer;
beforeAll(async () => {
  server = await hostileServer();
});
afterAll(() => server.close());

describe('hostile text', () => {
  const command = async (folder: string, isTTY: boolean, ...args: string[]) => {
    const io = capturedIo({ folder, isTTY, columns: 160, env: { NODESWARM_DATA: join(folder, 'data'), TERM: 'xterm' } });
    const code = await main(args, io);
    return { code, text: io.stdout.text + io.stderr.text };
  };

  it.each([false, true])('reaches neither a terminal nor a spreadsheet (a terminal: %s)', async (isTTY) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'stranger.nodeswarm.json'), JSON.stringify(hostileScenario(server.port)));
    const outputs = [
      await command(folder, isTTY, 'validate', 'stranger.nodeswarm.json'),
      await command(folder, isTTY, 'run', 'stranger.nodeswarm.json', '--csv', 'out', '--csv-full-history', '--html', 'out.html'),
      await command(folder, isTTY, 'history'),
      await command(folder, isTTY, 'show', 'last'),
      await command(folder, isTTY, 'compare', 'last', 'last'),
    ];
    expect(outputs.map(({ code }) => code).slice(0, 4)).toEqual([0, 1, 0, 0]);
    const [, ran] = outputs;
    // The attack is there, as harmless text.
    expect(ran?.text).toContain('HYPERLINK');
    expect(ran?.text).toMatch(/HTTP 500|Expectation/);
    for (const { text } of outputs) {
      const left = isTTY ? text.replaceAll(OWN_SEQUENCES, '').replaceAll('\r', '') : text;
      expect(DANGEROUS.exec(left)?.[0]).toBeUndefined();
      expect(text).not.toMatch(/\]0;pwned|\]8;;/);
    }

    // No formula in any cell, and every cell whole.
    const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
    expect(files).toHaveLength(4);
    const cells = files.flatMap((name) => (parseCsv(readFileSync(join(folder, name), 'utf8')) as string[][]).flat());
    const formulas = cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));
    expect(formulas).toEqual([]);
    expect(cells.some((cell) => cell.includes(FORMULA))).toBe(true);
  });
});
