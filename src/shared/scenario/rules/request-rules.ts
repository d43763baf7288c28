import { errorMessage } from '../../text/error-text';
import { badHeaderCharacter } from '../http-syntax';
import { compileJsonPath, JsonPathError } from '../json-path';
import { hasPlaceholder } from '../placeholder';
import { alternatives, type DocumentPath, type ProblemReport, plural, quote } from '../problem';
import { RegularExpression } from '../regular-expression';
import type { Expect, Extract, RequestStep } from '../schema';
import { checkHeaderName, checkHeaders } from './header-rules';
import { checkShownName, checkVariableName } from './name-rules';

/** A request but for its templates, which depend on the variables of the node type. */
export function checkRequest(request: RequestStep, path: DocumentPath, report: ProblemReport): void {
  if (request.name !== undefined) checkSeriesName(request.name, [...path, 'name'], report);
  checkKeys(request.query, [...path, 'query'], 'query parameter', report);
  checkHeaders(request.headers, [...path, 'headers'], report);
  checkBody(request, [...path, 'body'], report);
  checkExpect(request.expect, [...path, 'expect'], report);
  for (const [index, extract] of request.extract.entries()) checkExtract(extract, [...path, 'extract', index], report);
}

function checkSeriesName(name: string, path: DocumentPath, report: ProblemReport): void {
  if (hasPlaceholder(name)) {
    const expected = 'a name without placeholders, such as "/greet": all its requests share one row of the statistics';
    report.error(path, `placeholders do not work in the name ${quote(name)}`, expected);
  }
  checkShownName(name, path, report);
}

function checkKeys(entries: Readonly<Record<string, string>>, path: DocumentPath, what: string, report: ProblemReport): void {
  for (const key of Object.keys(entries)) {
    if (!hasPlaceholder(key)) continue;
    report.error([...path, key], `placeholders do not work in the name of a ${what}`, 'placeholders in the value only');
  }
}

function checkBody({ method, body, headers }: RequestStep, path: DocumentPath, report: ProblemReport): void {
  if (!body) return;
  if (method === 'GET' || method === 'HEAD') {
    report.warn(path, `a ${method} request with a body is refused or misread by many backends`, 'no body, or another method');
  }
  if (body.kind === 'form') {
    checkKeys(body.fields, [...path, 'fields'], 'form field', report);
    return;
  }
  if (body.contentType === undefined) return;
  const place = [...path, 'contentType'];
  if (hasPlaceholder(body.contentType) || body.contentType.trim() === '' || badHeaderCharacter(body.contentType) !== null) {
    report.error(
      place,
      `${quote(body.contentType)} is not a content type`,
      'a media type without placeholders, such as application/cbor',
    );
  }
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) {
    report.error(place, 'this and a content-type header cannot both be there', 'one of the two');
  }
}

function checkExpect(expect: Expect, path: DocumentPath, report: ProblemReport): void {
  for (const [index, status] of (expect.status ?? []).entries()) {
    const [from = '', to = ''] = String(status).split('-');
    if (to === '' || Number(from) <= Number(to)) continue;
    report.error([...path, 'status', index], `the range ${quote(String(status))} is empty`, quote(`${to}-${from}`));
  }
  for (const [index, { path: jsonPath }] of (expect.bodyJson ?? []).entries()) {
    checkJsonPath(jsonPath, [...path, 'bodyJson', index, 'path'], report);
  }
  for (const [index, { name }] of (expect.headers ?? []).entries()) {
    checkHeaderName(name, [...path, 'headers', index, 'name'], report);
  }
}

function checkExtract(extract: Extract, path: DocumentPath, report: ProblemReport): void {
  checkVariableName(extract.variable, [...path, 'variable'], report);
  const given = (['jsonPath', 'header', 'regex'] as const).filter((key) => extract[key] !== undefined);
  if (given.length !== 1) {
    const what = given.length === 0 ? 'nothing says where the value is' : `${alternatives(given, 'and')} cannot be together`;
    report.error(path, what, 'exactly one of "jsonPath", "header" and "regex"');
  }
  if (extract.jsonPath !== undefined) checkJsonPath(extract.jsonPath, [...path, 'jsonPath'], report);
  if (extract.header !== undefined) checkHeaderName(extract.header, [...path, 'header'], report);
  if (extract.regex !== undefined) checkRegex(extract.regex, extract.group, path, report);
  else if (extract.group !== 1) report.error([...path, 'group'], '"group" works only with "regex"', 'no "group"');
}

function checkJsonPath(text: string, path: DocumentPath, report: ProblemReport): void {
  const reason = failure(() => compileJsonPath(text));
  if (reason !== null) {
    report.error(
      path,
      `${quote(text)} is not a JSON path: ${reason}`,
      'a JSON path of RFC 9535, such as $.token or $.items[0].id',
    );
  }
}

function checkRegex(text: string, group: number, path: DocumentPath, report: ProblemReport): void {
  let groups = 0;
  const reason = failure(() => {
    groups = RegularExpression.compile(text).groupCount;
  });
  if (reason !== null) {
    const expected = 'a regular expression in RE2 syntax (no look-around, no backreferences)';
    report.error([...path, 'regex'], `${quote(text)} is not a regular expression: ${reason}`, expected);
  } else if (group > groups) {
    const message =
      groups === 0 ? 'the expression has no group' : `the expression has only ${plural(groups, 'group')}, no group ${group}`;
    report.error(
      [...path, 'group'],
      message,
      'parentheses around the part that holds the value, or "group": 0 for the whole match',
    );
  }
}

/** Why an attempt failed; null when it did not. */
function failure(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof JsonPathError) return error.reason;
    return errorMessage(error);
  }
}
