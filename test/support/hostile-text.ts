import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { RawServer } from './raw-server';

/** Markup that would run in a page, and mark `window.pwned`. */
export const SCRIPTS = '<img src=x onerror="window.pwned=1"></pre></script><script>window.pwned=1;alert(1)</script>';
/** What a spreadsheet would take for a formula. */
export const FORMULA = '=HYPERLINK("http://127.0.0.1/"&A1)';
/** Sequences that clear a terminal, set its title and make links, with one byte and with two. */
export const ESCAPES = '\u001b[2J\u001b]0;pwned\u0007\u001b]8;;http://pwned\u0007\u009b31m';
/** Text that reads as another one. */
export const OVERRIDE = 'admin\u202egnp.exe\u2066x';

/** A name as a stranger's scenario may have it: control characters are refused there, everything else is not. */
export const HOSTILE_NAME = `${FORMULA}${SCRIPTS}${OVERRIDE}`;
/** What a backend answers. As bytes, with a lone surrogate (no UTF-8, so the body with it comes as binary) apart. */
export const HOSTILE_BODY = `${FORMULA}\r\n${SCRIPTS}\r\n${ESCAPES}\r\n${OVERRIDE}`;
const LONE_SURROGATE_JSON = '{"state": "\\ud800<script>window.pwned=1</script>\\u001b[2J\\u202e"}';

/**
 * A server whose every answer is an attack: in the reason phrase, in headers, in bodies. `/json`: JSON with a lone surrogate and escapes;
 * `/fine` the same with 200.
 */
export function hostileServer(): Promise<RawServer> {
  return RawServer.listen(({ path }, socket) => {
    const isJson = path.includes('json');
    const body = Buffer.from(isJson ? LONE_SURROGATE_JSON : HOSTILE_BODY, 'utf8');
    const latin1 = (text: string) =>
      Buffer.from(text, 'utf8').toString('latin1').replaceAll('\r\n', ' ').replaceAll('\u001b', '');
    const head = [
      `HTTP/1.1 ${path.includes('fine') || isJson ? 200 : 500} ${latin1(SCRIPTS + OVERRIDE)}`,
      `x-hostile: ${latin1(FORMULA + SCRIPTS + OVERRIDE)}`,
      `content-type: text/html`,
      `content-length: ${body.length}`,
    ];
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
  });
}

/** A stranger's scenario: every name is an attack; its requests fail in several ways, and one of its steps cannot be carried out. */
export function hostileScenario(port: number): ScenarioDocument {
  const request = (path: string, more: object = {}) => ({ request: { path, name: `${path} ${HOSTILE_NAME}`, ...more } });
  return {
    nodeswarm: 1,
    name: HOSTILE_NAME,
    target: { baseUrl: `http://127.0.0.1:${port}` },
    load: { nodes: 4, spawnRate: 100, durationSeconds: 2 },
    nodeTypes: [
      {
        name: HOSTILE_NAME,
        variables: [{ name: 'got', generator: { kind: 'constant', value: HOSTILE_NAME } }],
        wait: { kind: 'pacing', seconds: 0.2 },
        tasks: [
          { name: HOSTILE_NAME, steps: [request('/bad'), request('/fine', { expect: { bodyContains: HOSTILE_NAME } })] },
          {
            name: `json ${HOSTILE_NAME}`,
            steps: [request('/json', { expect: { bodyJson: [{ path: '$.state', equals: HOSTILE_NAME }] } })],
          },
          {
            name: `extract ${HOSTILE_NAME}`,
            steps: [request('/fine', { extract: [{ variable: 'got', jsonPath: '$.nothing' }] })],
          },
        ],
      },
    ],
  };
}
