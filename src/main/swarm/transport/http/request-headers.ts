import { version } from '../../../../../package.json';
import type { RequestStep, Target } from '../../../../shared/scenario/schema';
import { CREDENTIAL_HEADERS } from '../../../../shared/scenario/without-credentials';
import type { ByteWriter } from '../../template/byte-writer';
import type { NodeTypeProgram, Template } from '../../template/program';
import type { Scope } from '../../template/scope';
import { fromBinaryString } from './binary-string';
import type { SecretMask } from './secret-mask';
import { TextSequence } from './text-sequence';

/** Headers that describe how a message is framed: the client sets them, a scenario cannot. */
const FRAMING_HEADERS = ['content-length', 'transfer-encoding', 'expect', 'upgrade', 'trailer', 'te', 'keep-alive'];
/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What the header lines of a request are made of. */
export interface HeaderSources {
  target: Target;
  step: RequestStep;
  /** `host` unless the user names another. */
  host: string;
  /** `content-type` unless the user names another; null without a body. */
  contentType: string | null;
  program: NodeTypeProgram;
  /** Learns the credentials that are written out in the scenario. */
  mask: SecretMask;
}

/**
 * Compiles header lines, each ended by CRLF, as a binary string. A header of the request replaces the target's of the same name, and both replace the ones that
 * every request has; names compare without case and are sent as written. Throws an Error with one sentence for a header that cannot be sent.
 */
export function compileHeaderLines(sources: HeaderSources): TextSequence {
  const { target, step, program } = sources;
  const headers = new Map<string, { name: string; value: (string | Template)[] }>();
  const set = (name: string, ...value: (string | Template)[]) => headers.set(name.toLowerCase(), { name, value });

  set('host', sources.host);
  set('user-agent', `nodeswarm/${version}`);
  set('accept', '*/*');
  set('accept-encoding', 'identity');
  if (sources.contentType !== null) set('content-type', sources.contentType);
  if (target.auth) set('authorization', ...compileAuthorization(target.auth, program, sources.mask));
  for (const [name, value] of [...Object.entries(target.headers), ...Object.entries(step.headers)]) {
    rejectUnsendable(name);
    const template = program.compile(value, 'header');
    if (CREDENTIAL_HEADERS.includes(name.toLowerCase()) && template.constant !== null) {
      learnCredential(name.toLowerCase(), fromBinaryString(template.constant), sources.mask);
    }
    set(name, template);
  }

  const lines = new TextSequence('latin1');
  for (const { name, value } of headers.values()) lines.append(name, ': ', ...value, '\r\n');
  return lines;
}

function rejectUnsendable(name: string): void {
  if (!TOKEN.test(name)) {
    throw new Error(`"${name}" cannot be the name of a header: letters, digits and !#$%&'*+-.^_\`|~ are allowed.`);
  }
  if (FRAMING_HEADERS.includes(name.toLowerCase())) {
    throw new Error(`The header "${name}" cannot be set by a scenario: Nodeswarm sets it as the request needs. Leave it out.`);
  }
}

/** Shorter values of cookies are no secrets, and hiding them would make samples unreadable. */
const SHORTEST_COOKIE_SECRET = 6;

/** The value of a header that lets somebody in, its scheme apart; of `Basic`, the password in it as well; of cookies, each value. */
function learnCredential(name: string, value: string, mask: SecretMask): void {
  if (name === 'cookie') {
    for (const cookie of value.split(';')) {
      const secret = cookie.slice(cookie.indexOf('=') + 1).trim();
      if (secret.length >= SHORTEST_COOKIE_SECRET) mask.add(secret);
    }
    return;
  }
  const [, scheme, credentials = value] = /^([A-Za-z]+) +(.+)$/.exec(value.trim()) ?? [];
  mask.add(credentials);
  if (scheme?.toLowerCase() !== 'basic') return;
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  mask.add(decoded.slice(decoded.indexOf(':') + 1));
}

function compileAuthorization(
  auth: NonNullable<Target['auth']>,
  program: NodeTypeProgram,
  mask: SecretMask,
): (string | Template)[] {
  if (auth.kind === 'bearer') {
    const token = program.compile(auth.token, 'header');
    if (token.constant !== null) mask.add(fromBinaryString(token.constant));
    return ['Bearer ', token];
  }
  const credentials = new BasicCredentials(program.compile(auth.username, 'text'), program.compile(auth.password, 'text'));
  if (credentials.password.constant !== null) mask.add(credentials.password.constant);
  if (credentials.constant !== null) mask.add(credentials.constant);
  return ['Basic ', credentials];
}

/** User name and password as base64 of UTF-8 (RFC 7617). */
class BasicCredentials implements Template {
  readonly constant: string | null = null;

  constructor(
    private readonly username: Template,
    readonly password: Template,
  ) {
    if (username.constant !== null && password.constant !== null) {
      this.constant = encodeCredentials(username.constant, password.constant);
    }
  }

  render(scope: Scope): string {
    return this.constant ?? encodeCredentials(this.username.render(scope), this.password.render(scope));
  }

  write(scope: Scope, writer: ByteWriter): void {
    writer.latin1(this.render(scope));
  }
}

function encodeCredentials(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}
