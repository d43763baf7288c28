/** What stands in place of a secret. */
export const MASK = '•••';
/** Characters looked at behind those that are shown, in case a secret lies across the end. */
export const LONGEST_SECRET = 16_384;

/**
 * Hides secrets in texts that leave the shard: samples, log lines, messages. A secret is found as it is and in every form that a request
 * or an answer puts it in: URL-encoded, JSON-escaped, base64.
 */
export class SecretMask {
  private readonly forms = new Set<string>();
  private pattern: RegExp | null = null;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Hides one more value from now on; an empty one is ignored. */
  add(secret: string): void {
    if (secret === '') return;
    for (const form of formsOf(secret)) this.forms.add(form);
    // The longest first: one secret may begin with another.
    const alternatives = [...this.forms].sort((a, b) => b.length - a.length).map(escapeForPattern);
    this.pattern = new RegExp(alternatives.join('|'), 'g');
  }

  /** Whether a secret is in a text. */
  isIn(text: string): boolean {
    return this.maskSecrets(text) !== text;
  }

  /** The text with every secret in it replaced. */
  maskSecrets(text: string): string {
    return this.pattern ? text.replace(this.pattern, MASK) : text;
  }

  /** As `maskSecrets`, for a text that was cut off: a secret that the cut went through is hidden too. */
  maskCut(text: string): string {
    let rest = text.length;
    for (const form of this.forms) rest = Math.min(rest, text.length - overlap(text, form));
    if (rest === text.length) return this.maskSecrets(text);
    // A whole secret may reach into the rest: then it goes, too.
    for (const { index, 0: match } of text.matchAll(this.pattern ?? /$/g)) {
      if (index < rest && index + match.length > rest) rest = index;
    }
    return this.maskSecrets(text.slice(0, rest)) + MASK;
  }

  /** At most `characters` of a text, without even a part of a secret. */
  maskAndShorten(text: string, characters: number): string {
    const looked = text.slice(0, characters + LONGEST_SECRET);
    const masked = looked.length < text.length ? this.maskCut(looked) : this.maskSecrets(looked);
    return masked.length > characters ? `${masked.slice(0, characters)}…` : masked;
  }
}

/** Length of the longest beginning of `form` that `text` ends with. */
function overlap(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const url = encodeURIComponent(secret.toWellFormed());
  const strictUrl = url.replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    bytes.toString('latin1'),
    ...[url, strictUrl].flatMap((form) => [form, lowerCaseEscapes(form), form.replaceAll('%20', '+')]),
    json,
    json.replaceAll('/', '\\/'),
    asciiJson(json),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

function lowerCaseEscapes(url: string): string {
  return url.replace(/%[0-9A-F]{2}/g, (coded) => coded.toLowerCase());
}

/** As JSON writers put it that escape everything beyond ASCII. */
function asciiJson(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
