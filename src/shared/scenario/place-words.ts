import { type DocumentPath, parsePath, quote } from './problem';
import { entryOf } from './schema-tree';

/**
 * What the form calls a field, by its key or, where the key alone says too little, by the one before it too. Keys that are not here
 * are called by their own words (`spawnRate`: Spawn rate). A map, as keys that no field has are asked for too: `constructor`, `toString`.
 */
const LABELS = mapOf({
  baseUrl: 'Base URL',
  'target.connection': 'Connections',
  http: 'HTTP version',
  'target.timeoutMs': 'Response timeout',
  keepAlive: 'Keep connections open between requests',
  cookies: 'Keep cookies',
  maxHeaderBytes: 'Longest response head',
  maxBodyBytes: 'Longest response body',
  auth: 'Authentication',
  username: 'User name',
  tls: 'TLS',
  insecure: 'Accept any certificate',
  caFile: 'Authorities file',
  certFile: 'Client certificate file',
  keyFile: 'Private key file',
  fixedCount: 'Nodes',
  wait: 'Between tasks',
  'wait.seconds': 'Time',
  minSeconds: 'Shortest',
  maxSeconds: 'Longest',
  perSecond: 'Tasks for each node',
  onOverrun: 'When a task overruns',
  align: 'Grid begins at',
  refresh: 'A new value is drawn',
  'request.name': 'Name in the statistics',
  data: 'Bytes in base64',
  expect: 'Expectations',
  maxLatencyMs: 'Longest latency',
  'bodyJson.path': 'JSON path',
  'bodyJson.equals': 'Value',
  extract: 'Extractions',
  jsonPath: 'JSON path',
  regex: 'Regular expression',
  'pause.seconds': 'Length',
});

/** What an entry of a list is called. */
const ENTRIES = mapOf({
  nodeTypes: 'node type',
  variables: 'variable',
  tasks: 'task',
  steps: 'step',
  onStart: 'step on start',
  onStop: 'step on stop',
  stages: 'stage',
  bodyJson: 'JSON expectation',
  headers: 'header expectation',
  extract: 'extraction',
  values: 'value',
  weights: 'weight of value',
  status: 'status',
  localAddresses: 'local address',
});

/** What an entry of a record is called, before its name. */
const RECORDS = mapOf({ headers: 'header', query: 'query parameter', fields: 'form field' });

/** What it holds says enough: these are named only where they are the place themselves. */
const UNSAID: readonly string[] = ['request', 'pause', 'generator', 'expect'];

/** What the form calls the field at a place: `Base URL`, `Spawn rate`. Units are no part of it. */
export function fieldLabel(path: DocumentPath): string {
  const [key, parent] = path.filter((part) => typeof part === 'string').toReversed();
  if (key === undefined) return '';
  return LABELS.get(`${parent}.${key}`) ?? LABELS.get(key) ?? keyWords(key);
}

/** `standardDeviation` as `Standard deviation`; a unit at the end of a key is no part of its name. */
export function keyWords(key: string): string {
  const words = key.replace(/(?:Seconds|PerHour|Ms)$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A place of a document (`nodeTypes[0].tasks[1].weight`) in the words of the form, from the outside in: `node type "Sensor", task
 * "Send data", weight`. Entries without a name of their own are counted from 1. Empty for the document itself.
 */
export function placeWords(document: unknown, placeText: string): string {
  const path = parsePath(placeText);
  const words: string[] = [];
  let value = document;
  for (const [index, key] of path.entries()) {
    const around = value;
    value = entryOf(value, key);
    const list = String(path[index - 1] ?? '');
    if (typeof key === 'number') words.push(entryWords(list, around, key));
    else if (isRecordEntry(path, index)) words.push(`${RECORDS.get(list)} ${quote(key)}`);
    else if (isSaid(path, index)) words.push(inSentence(fieldLabel(path.slice(0, index + 1))));
  }
  return words.join(', ');
}

/** Not a list or a record of which an entry is said next. */
function isSaid(path: DocumentPath, index: number): boolean {
  const isLast = index === path.length - 1;
  return (
    isLast || !(typeof path[index + 1] === 'number' || isRecordEntry(path, index + 1) || UNSAID.includes(String(path[index])))
  );
}

function isRecordEntry(path: DocumentPath, index: number): boolean {
  return typeof path[index] === 'string' && RECORDS.has(String(path[index - 1] ?? ''));
}

/** `task "Send data"`; `task 2` where it has no name, `task 2 "Send data"` where another one has the same; steps by what they send. */
function entryWords(list: string, entries: unknown, index: number): string {
  const word = ENTRIES.get(list) ?? inSentence(keyWords(list));
  const name = nameOf(entryOf(entries, index));
  const number = `${word} ${index + 1}`;
  if (name === '') return number;
  const isOnlyOne = Array.isArray(entries) && entries.filter((entry) => nameOf(entry) === name).length === 1;
  return isOnlyOne ? `${word} ${quote(name)}` : `${number} ${quote(name)}`;
}

function nameOf(entry: unknown): string {
  const request = entryOf(entry, 'request');
  if (request === undefined) return textOf(entryOf(entry, 'name'));
  const name = textOf(entryOf(request, 'name')) || textOf(entryOf(request, 'path'));
  return name === '' ? '' : `${textOf(entryOf(request, 'method')) || 'GET'} ${name}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function mapOf(words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words));
}

/** A label within a sentence: abbreviations keep their capitals. */
export function inSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
