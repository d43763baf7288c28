/** Pieces that mean something to some reader of the document. */
const PIECES = [
  '\ufeff',
  '\u0000',
  '"__proto__":1,',
  '"constructor":{"prototype":1},',
  '"nodeswarm":1,',
  '{{',
  '}}',
  '{{uuid()}}',
  '{{secret.PATH}}',
  '{{csvColumn("../../package.json","name")}}',
  '{{choice(1,2,3',
  '{{"',
  '[[[[[[',
  '{"a":'.repeat(200),
  '[]'.repeat(50),
  '1e999',
  '-0',
  '1e308',
  '\\ud800',
  '\\u0000',
  '\r\n',
  '\r',
  '//',
  "'",
  '\u202e',
  '$..*..*..*',
  '(a+)+$',
  'x{1000}',
] as const;

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  5e-324,
  2 ** 53,
  '',
  ' ',
  '/',
  '{{',
  '{{x}}',
  '{{node.index}}',
  '{{uuid()}}',
  '{{csvColumn("devices.csv","device")}}',
  '{{secret.X}}{{secret.X}}',
  'GET',
  'POST',
  'constant',
  'csvColumn',
  '__proto__',
  'constructor',
  '../devices.csv',
  '/etc/passwd',
  '$..*..*..a',
  '(x+x+)+y',
  '((a{9}){9}){9}',
  'é\ud800',
  '\u0000',
  'x'.repeat(70_000),
  [],
  {},
  [[[[]]]],
  { kind: 'pacing', seconds: 1e-9 },
  { kind: 'battery', drainPerHour: 1e300, rechargePerHour: 1e-300 },
  { kind: 'timestamp', offsetSeconds: 1e12 },
  { kind: 'randomInteger', min: -9e15, max: 9e15 },
  { kind: 'csvColumn', file: 'devices.csv', column: 'constructor' },
  { kind: 'sine', periodSeconds: 5e-324, amplitude: 1e308 },
  { request: { path: '/', extract: [{ variable: 'v', regex: '(a*)*', group: 1 }] } },
  { pause: { seconds: 0 } },
];

type Container = Record<string, unknown> | unknown[];

/**
 * Makes documents out of samples that are wrong in every way: in their structure (values, keys and entries changed, moved, doubled, nested),
 * in their text, in their bytes, and in their encoding. The same random numbers make the same documents.
 */
export class DocumentMutator {
  constructor(
    private readonly samples: readonly string[],
    private readonly random: () => number,
  ) {}

  next(): Buffer {
    let text = this.pick(this.samples);
    if (this.chance(0.7)) text = this.changeStructure(text);
    if (this.chance(0.35)) text = this.changeText(text);
    const bytes = this.encode(text);
    return this.chance(0.3) ? this.changeBytes(bytes) : bytes;
  }

  private changeStructure(text: string): string {
    const document = JSON.parse(text) as Container;
    for (let change = 1 + this.below(3); change > 0; change--) this.changePlace(document);
    return this.chance(0.5) ? JSON.stringify(document, null, 2) : JSON.stringify(document);
  }

  private changePlace(document: Container): void {
    const places = placesOf(document);
    const { container, key } = this.pick(places);
    const old = (container as Record<string, unknown>)[key];
    const other = this.pick(places);
    const moved = structuredClone((other.container as Record<string, unknown>)[other.key]);
    switch (this.below(8)) {
      case 0:
      case 1:
        put(container, key, this.value());
        break;
      case 2:
        put(container, key, moved);
        break;
      case 3:
        if (Array.isArray(container)) container.splice(Number(key), 1);
        else delete container[key];
        break;
      case 4:
        if (Array.isArray(container)) for (let copy = this.below(40); copy > 0; copy--) container.push(structuredClone(old));
        else
          put(
            container,
            this.pick(['kind', 'weight', '__proto__', 'constructor', 'toString', 'extract', `${key} `]),
            structuredClone(old),
          );
        break;
      case 5:
        put(container, key, nested(old, this.below(150)));
        break;
      case 6:
        put(container, key, typeof old === 'number' ? old * this.pick([-1, 1e-9, 1e9, 1e300]) : this.value());
        break;
      default:
        put(container, key, typeof old === 'string' ? this.splice(old, this.pick(PIECES)) : this.value());
    }
  }

  private changeText(text: string): string {
    switch (this.below(5)) {
      case 0:
        return text.slice(0, this.below(text.length));
      case 1:
        return text.replaceAll('\n', '\r\n');
      case 2: {
        // A key of some object once more.
        const keys = [...text.matchAll(/"\w+": ?/g)];
        if (keys.length === 0) return text;
        const { index } = this.pick(keys);
        const { index: from, 0: key } = this.pick(keys);
        return `${text.slice(0, index)}${key}${this.chance(0.5) ? '1' : text.slice(from + key.length, from + key.length + 9)},${text.slice(index)}`;
      }
      case 3: {
        const from = this.below(text.length);
        return this.splice(text, text.slice(from, from + this.below(300)));
      }
      default:
        return this.splice(text, this.pick(PIECES));
    }
  }

  private encode(text: string): Buffer {
    if (this.chance(0.9)) return Buffer.from(text, 'utf8');
    const mark = this.chance(0.5) ? '\ufeff' : '';
    const bytes = Buffer.from(mark + text, this.chance(0.3) ? 'utf8' : 'utf16le');
    return this.chance(0.5) || bytes.length % 2 === 1 ? bytes : bytes.swap16();
  }

  private changeBytes(bytes: Buffer): Buffer {
    const changed = Buffer.from(bytes);
    for (let flips = 1 + this.below(4); flips > 0 && changed.length > 0; flips--)
      changed[this.below(changed.length)] = this.below(256);
    if (this.chance(0.2)) return changed.subarray(0, this.below(changed.length + 1));
    if (this.chance(0.2)) return Buffer.concat([changed.subarray(0, this.below(changed.length + 1)), changed]);
    return changed;
  }

  /** A text with another in it, in place of some of its own characters. */
  private splice(text: string, piece: string): string {
    const at = this.below(text.length + 1);
    return text.slice(0, at) + piece + text.slice(at + this.below(4));
  }

  /** A copy: a later change to the document must not reach into the list. */
  private value(): unknown {
    return structuredClone(this.pick(VALUES));
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private chance(part: number): boolean {
    return this.random() < part;
  }
}

function placesOf(value: unknown): { container: Container; key: string }[] {
  if (typeof value !== 'object' || value === null) return [{ container: [value], key: '0' }];
  const container = value as Container;
  const own = Object.keys(container).map((key) => ({ container, key }));
  return [...own, ...Object.values(container).flatMap((entry) => (typeof entry === 'object' ? placesOf(entry) : []))];
}

function put(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function nested(value: unknown, depth: number): unknown {
  let inner = value;
  for (let level = 0; level < depth; level++) inner = level % 2 === 0 ? [inner] : { kind: inner };
  return inner;
}
