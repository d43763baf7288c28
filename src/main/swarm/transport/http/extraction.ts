import { compileJsonPath, JsonPathError } from '../../../../shared/scenario/json-path';
import { RegexError, RegularExpression } from '../../../../shared/scenario/regular-expression';
import type { Extract, Scalar } from '../../../../shared/scenario/schema';
import { TaskException } from '../../template/task-exception';
import { ContentError, type ResponseContent } from './response-content';

/**
 * Takes a value out of an answer. Throws `TaskException` when there is nothing to take; its message names variable and source but nothing of
 * the answer, so that the same trouble of many nodes is counted as one.
 */
export type Extractor = (content: ResponseContent) => Scalar;

/** Compiles an extraction. Throws an Error with one sentence when its JSON path or regular expression is wrong. */
export function compileExtraction(extract: Extract): Extractor {
  const take = compileSource(extract);
  return (content) => {
    try {
      return take(content);
    } catch (error) {
      if (error instanceof ContentError) throw nothing(extract.variable, 'the body of the answer cannot be decompressed');
      if (error instanceof JsonPathError) throw nothing(extract.variable, `JSON path ${extract.jsonPath}: ${error.message}`);
      if (error instanceof RegexError) throw nothing(extract.variable, `regular expression ${extract.regex}: ${error.message}`);
      throw error;
    }
  };
}

function compileSource({ variable, jsonPath, header, regex, group }: Extract): Extractor {
  if (jsonPath !== undefined) return jsonExtractor(variable, jsonPath);
  if (header !== undefined) return headerExtractor(variable, header);
  if (regex !== undefined) return regexExtractor(variable, regex, group);
  throw new Error(`The extraction of "${variable}" names no source: give jsonPath, header or regex.`);
}

function jsonExtractor(variable: string, path: string): Extractor {
  const query = compileJsonPath(path);
  return (content) => {
    const json = content.json();
    if ('problem' in json) throw nothing(variable, `${json.kind}, so JSON path ${path} cannot be applied`);
    const found = query.first(json.value);
    if (!('value' in found)) throw nothing(variable, `JSON path ${path} finds nothing in the body`);
    const { value } = found;
    // An object or a list is kept as JSON text: a variable holds a scalar.
    return typeof value === 'object' && value !== null ? jsonText(value, variable, path) : (value as Scalar);
  };
}

function jsonText(value: object, variable: string, path: string): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) throw nothing(variable, `what JSON path ${path} finds is nested too deep`);
    throw error;
  }
}

function headerExtractor(variable: string, name: string): Extractor {
  return (content) => {
    const value = content.header(name);
    if (value === null) throw nothing(variable, `the answer has no header ${name}`);
    return value;
  };
}

function regexExtractor(variable: string, regex: string, group: number): Extractor {
  const pattern = compileRegex(variable, regex);
  if (group > pattern.groupCount) {
    throw new Error(
      `The regular expression of "${variable}" has no group ${group}: put what is wanted in parentheses, or set "group" to 0 for the whole match.`,
    );
  }
  return (content) => {
    const match = pattern.search(content.text());
    if (!match) throw nothing(variable, `regular expression ${regex} finds nothing in the body`);
    const value = match.group(group);
    if (value === null) throw nothing(variable, `group ${group} of regular expression ${regex} takes no part in the match`);
    return value;
  };
}

function compileRegex(variable: string, regex: string): RegularExpression {
  try {
    return RegularExpression.compile(regex);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new Error(`The regular expression of "${variable}" is not valid RE2 syntax: ${error.message}`);
  }
}

function nothing(variable: string, why: string): TaskException {
  return new TaskException(`Cannot extract "${variable}": ${why}.`);
}
