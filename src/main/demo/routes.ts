import type { Random } from '../swarm/random';
import type { LoginTokens } from './login-tokens';
import { type FieldRule, readPayload } from './payload';

/** An answer of the demo backend. */
export interface Answer {
  status: number;
  /** JSON text, bytes, or null for none. */
  body: string | Buffer | null;
  /** Methods that the path takes, for a 405. */
  allow?: string;
}

/** A request as a route sees it. */
export interface RouteInput {
  /** What follows the route's path: `17` of `/greet/17`. */
  rest: string;
  /** What follows the `?`. */
  query: string;
  body: string;
  authorization: string | undefined;
}

/** What routes draw on. */
export interface RouteContext {
  random: Random;
  tokens: LoginTokens;
}

/** One route of the demo backend. */
export interface Route {
  /** Name in the counts. */
  name: string;
  method: 'GET' | 'POST';
  /** Ends with `/` when an id follows. */
  path: string;
  answer(input: RouteInput, context: RouteContext): Answer;
}

const READING: FieldRule[] = [
  { name: 'temperature', type: 'number', required: true },
  { name: 'humidity', type: 'number', required: true },
];
const HEALTH: FieldRule[] = [
  { name: 'vbat', type: 'number', required: true },
  { name: 'available_memory', type: 'number', required: false },
  { name: 'n_failed_req', type: 'integer', required: false },
];
const ACCEPTED: Answer = { status: 200, body: '{"status":"ok"}' };
/** One check in twenty finds an update. */
const UPDATE_PROBABILITY = 0.05;
const FIRMWARE_VERSION = '2.1.0';
const DEFAULT_FIRMWARE_BYTES = 65_536;
const MAX_FIRMWARE_BYTES = 16 * 1024 * 1024;
const MAX_ID_LENGTH = 200;
const firmware = Buffer.alloc(MAX_FIRMWARE_BYTES, 'nodeswarm demo firmware\n');

export const ROUTES: readonly Route[] = [
  {
    name: 'GET /greet/{id}',
    method: 'GET',
    path: '/greet/',
    answer: ({ rest }) => withId(rest, (id) => ({ status: 200, body: JSON.stringify({ message: `Hello, node ${id}` }) })),
  },
  {
    name: 'POST /data',
    method: 'POST',
    path: '/data',
    answer: ({ body, authorization }, { tokens }) => {
      const refusal = checkAuthorization(authorization, tokens);
      if (refusal) return refusal;
      const read = readPayload(body, READING);
      return 'problem' in read ? problem(400, read.problem) : ACCEPTED;
    },
  },
  {
    name: 'POST /health',
    method: 'POST',
    path: '/health',
    answer: ({ body }) => {
      const read = readPayload(body, HEALTH);
      return 'problem' in read ? problem(400, read.problem) : ACCEPTED;
    },
  },
  {
    name: 'GET /ota/{id}',
    method: 'GET',
    path: '/ota/',
    answer: ({ rest }, { random }) =>
      withId(rest, () =>
        random.float() < UPDATE_PROBABILITY
          ? { status: 200, body: JSON.stringify({ version: FIRMWARE_VERSION, path: '/firmware', bytes: DEFAULT_FIRMWARE_BYTES }) }
          : { status: 204, body: null },
      ),
  },
  {
    name: 'GET /firmware',
    method: 'GET',
    path: '/firmware',
    answer: ({ query }) => {
      const size = new URLSearchParams(query).get('size') ?? String(DEFAULT_FIRMWARE_BYTES);
      const bytes = /^\d{1,9}$/.test(size) ? Number(size) : Number.NaN;
      if (!(bytes <= MAX_FIRMWARE_BYTES))
        return problem(400, `size must be a number of bytes from 0 to ${MAX_FIRMWARE_BYTES}, not "${size}"`);
      return { status: 200, body: firmware.subarray(0, bytes) };
    },
  },
  {
    name: 'POST /login',
    method: 'POST',
    path: '/login',
    answer: ({ body }, { tokens }) => {
      const read = readPayload(body, []);
      if ('problem' in read) return problem(400, read.problem);
      const owner = ownerOf(read.fields);
      if (owner === null)
        return problem(400, `one of the fields ${OWNER_FIELDS.map((name) => `"${name}"`).join(', ')} must say who logs in`);
      return { status: 200, body: JSON.stringify({ token: tokens.issue(owner) }) };
    },
  },
];

/** Names under which a device may say who it is. */
const OWNER_FIELDS = ['id', 'device', 'deviceId', 'device_id', 'iot_id', 'user', 'username'];

/** The route of a path, whatever its method; undefined when there is none. */
export function findRoute(path: string): Route | undefined {
  return ROUTES.find((route) =>
    route.path.endsWith('/') ? path.startsWith(route.path) || `${path}/` === route.path : path === route.path,
  );
}

/** An error answer that says what is wrong. */
export function problem(status: number, error: string): Answer {
  return { status, body: JSON.stringify({ error }) };
}

function withId(rest: string, answer: (id: string) => Answer): Answer {
  let id: string;
  try {
    id = decodeURIComponent(rest);
  } catch {
    return problem(400, 'the id in the path is not correctly percent-encoded');
  }
  if (id === '') return problem(400, 'the path needs an id, for example /greet/17');
  if (rest.includes('/')) return problem(404, 'the path has more parts than an id');
  if (id.length > MAX_ID_LENGTH) return problem(400, `the id is longer than ${MAX_ID_LENGTH} characters`);
  return answer(id);
}

/** Without the header anyone may publish; with it, the token must be one that `/login` gave out. */
function checkAuthorization(header: string | undefined, tokens: LoginTokens): Answer | null {
  if (header === undefined) return null;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) return problem(401, 'the authorization header must be: Bearer TOKEN');
  return tokens.isValid(token) ? null : problem(401, 'the token was not given out by POST /login of this process');
}

function ownerOf(fields: Record<string, unknown>): string | null {
  for (const name of OWNER_FIELDS) {
    const value = fields[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return null;
}
