import type { ProblemReport } from '../problem';
import { estimateInstructions } from '../regular-expression';
import type { RequestStep, Scenario } from '../schema';
import { MAX_ENTRIES } from '../schema-values';
import { listSeries } from '../series';
import { nodeTypeSteps, scenarioTexts } from '../templated-text';
import { countPlaceholders } from './template-rules';
import { variablesOf } from './variable-rules';

/** Rows of the statistics: each takes 13 KB in every process, and a row in every second. */
const MAX_SERIES = 10_000;
/** Instructions and characters of all expressions together: to compile this much takes a second. */
const MAX_EXPRESSION_SIZE = 200_000;

/** Placeholders of all texts together. */
const MAX_PLACEHOLDERS = 200_000;

/** Whether a document is small enough to be looked at in detail, and to be run. */
export function checkSize(scenario: Scenario, report: ProblemReport): boolean {
  const series = listSeries(scenario).length;
  if (series > MAX_SERIES) {
    const message = `the requests have ${series} different methods and names, each of them a row of the statistics`;
    report.error(['nodeTypes'], message, `at most ${MAX_SERIES}: give requests that belong together the same "name"`);
  }
  if (expressionSize(scenario) > MAX_EXPRESSION_SIZE) {
    report.error(['nodeTypes'], 'the regular expressions and JSON paths are too large together', 'fewer or shorter ones');
  }
  if (placeholdersIn(scenario) > MAX_PLACEHOLDERS) {
    report.error([], `there are more than ${MAX_PLACEHOLDERS} placeholders in the document`, 'fewer placeholders');
  }
  for (const [index, nodeType] of scenario.nodeTypes.entries()) {
    const variables = variablesOf(nodeType).length;
    if (variables <= MAX_ENTRIES) continue;
    const message = `there are ${variables} variables, those that are extracted among them`;
    report.error(['nodeTypes', index], message, `at most ${MAX_ENTRIES}`);
  }
  return report.errors.length === 0;
}

function placeholdersIn(scenario: Scenario): number {
  let count = 0;
  for (const { text } of scenarioTexts(scenario)) {
    count += countPlaceholders(text, MAX_PLACEHOLDERS);
    if (count > MAX_PLACEHOLDERS) break;
  }
  return count;
}

function expressionSize({ nodeTypes }: Scenario): number {
  let size = 0;
  for (const [index, nodeType] of nodeTypes.entries()) {
    for (const { step } of nodeTypeSteps(nodeType, index)) if (step.request) size += sizeOf(step.request);
  }
  return size;
}

function sizeOf({ expect, extract }: RequestStep): number {
  let size = 0;
  for (const { path } of expect.bodyJson ?? []) size += path.length;
  for (const { jsonPath = '', regex = '' } of extract) size += jsonPath.length + regex.length + estimateInstructions(regex);
  return size;
}
