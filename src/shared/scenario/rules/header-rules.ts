import { isHttpToken } from '../http-syntax';
import { hasPlaceholder } from '../placeholder';
import { type DocumentPath, type ProblemReport, quote } from '../problem';

/** Headers that belong to the engine, which frames messages and keeps connections. */
const ENGINE_HEADERS: Readonly<Record<string, string>> = {
  'content-length': 'no such header: it is set to the length of the body',
  'transfer-encoding': 'no such header: bodies are sent with their length',
  connection: 'no such header: "keepAlive" of the target says whether connections are kept',
  'keep-alive': 'no such header: "keepAlive" of the target says whether connections are kept',
  'proxy-connection': 'no such header: "keepAlive" of the target says whether connections are kept',
  upgrade: 'no such header: connections cannot be upgraded',
  expect: 'no such header: bodies are sent at once',
  te: 'no such header: trailers are not asked for',
  trailer: 'no such header: bodies are sent without trailers',
};

/** Names of headers that are sent. Values are templates and checked as such. */
export function checkHeaders(headers: Readonly<Record<string, string>>, path: DocumentPath, report: ProblemReport): void {
  const seen = new Map<string, string>();
  for (const name of Object.keys(headers)) {
    const place = [...path, name];
    if (!checkHeaderName(name, place, report)) continue;
    const plain = name.toLowerCase();
    const engine = Object.hasOwn(ENGINE_HEADERS, plain) ? ENGINE_HEADERS[plain] : undefined;
    if (engine !== undefined) report.error(place, `the header ${quote(name)} is set by Nodeswarm`, engine);
    const twin = seen.get(plain);
    if (twin !== undefined)
      report.error(place, `the header is already there as ${quote(twin)}`, 'each header once; case does not matter');
    seen.set(plain, name);
  }
}

/** Whether a text can be the name of a header. */
export function checkHeaderName(name: string, path: DocumentPath, report: ProblemReport): boolean {
  if (isHttpToken(name)) return true;
  const expected = hasPlaceholder(name)
    ? 'a name without placeholders: they work in the value only'
    : "a name of letters, digits and !#$%&'*+-.^_`|~";
  report.error(path, `${quote(name)} is not a header name`, expected);
  return false;
}
