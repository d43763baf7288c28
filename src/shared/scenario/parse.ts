import type { z } from 'zod';
import { readJsonDocument } from './json-text';
import { copyJsonValue } from './json-value';
import { migrateDocument, migrationNotice } from './migrate';
import { type DocumentPath, ProblemReport, type ScenarioProblem } from './problem';
import { checkLoad, checkPlan } from './rules/load-rules';
import { checkShownName, checkUnique } from './rules/name-rules';
import { checkNodeType, checkStep } from './rules/node-type-rules';
import { checkSize } from './rules/size-rules';
import { checkTarget } from './rules/target-rules';
import { checkNodeTypeTemplates, checkTargetTemplates } from './rules/variable-rules';
import { type Scenario, scenarioSchema } from './schema';
import { reportSchemaIssues } from './schema-problems';
import { withStandIns } from './stand-ins';
import { nodeTypeSteps } from './templated-text';

/** A scenario with all defaults filled in, or all that is wrong with the document. */
export type ParseResult =
  | { ok: true; scenario: Scenario; warnings: ScenarioProblem[] }
  | { ok: false; problems: ScenarioProblem[] };

/**
 * Reads a scenario document: JSON text, or a value that a program has built. Lifts it to the current version, fills in defaults and checks
 * everything that can be known before a run. Never throws, whatever it is given.
 */
export function parseScenario(input: unknown): ParseResult {
  const read = typeof input === 'string' ? readJsonDocument(input) : copyJsonValue(input);
  if ('problems' in read) return { ok: false, problems: read.problems };
  const document = read.value;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    const message = 'the document is not a scenario';
    return { ok: false, problems: [{ path: '', message, expected: 'an object: { "nodeswarm": 1, "name": …, … }' }] };
  }
  const migrated = migrateDocument({ ...document });
  if ('problem' in migrated) return { ok: false, problems: [migrated.problem] };

  const report = new ProblemReport();
  const parsed = parseShape(migrated.document);
  if (parsed === null) {
    report.error([], 'there are too many mistakes to list', 'entries of the form that docs/scenario.md describes');
    return { ok: false, problems: report.finish() };
  }
  if (!parsed.success) {
    reportSchemaIssues(parsed.error.issues, scenarioSchema, migrated.document, report);
    if (!report.isFull) checkRulesBeside(parsed.error.issues, migrated.document, report);
    return { ok: false, problems: report.finish() };
  }
  checkRules(parsed.data, report);
  if (report.errors.length > 0) return { ok: false, problems: report.finish() };
  const notice = migrationNotice(migrated.fromVersion);
  return { ok: true, scenario: parsed.data, warnings: notice ? [notice, ...report.warnings] : report.warnings };
}

/** null when the schema finds more mistakes than it can gather: it passes them on as arguments, of which there can be some 100,000. */
function parseShape(document: unknown): ReturnType<typeof scenarioSchema.safeParse> | null {
  try {
    return scenarioSchema.safeParse(document);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What the rules find in a document with mistakes in its form, in the parts that have none, and in its templates. */
function checkRulesBeside(issues: readonly z.core.$ZodIssue[], document: object, report: ProblemReport): void {
  const filled = withStandIns(issues, scenarioSchema, document);
  const parsed = filled && parseShape(filled);
  if (!parsed?.success || !checkSize(parsed.data, new ProblemReport())) return;
  const scenario = parsed.data;
  const isSound = (...place: DocumentPath) => !issues.some(({ path }) => place.every((key, depth) => path[depth] === key));
  if (isSound('name')) checkShownName(scenario.name, ['name'], report);
  if (isSound('target')) checkTarget(scenario.target, report);
  checkTargetTemplates(scenario, report);
  if (isSound('load')) checkPlan(scenario.load, report);
  for (const [index, nodeType] of scenario.nodeTypes.entries()) {
    if (isSound('nodeTypes', index)) checkNodeType(nodeType, index, report);
    else {
      for (const { step, path } of nodeTypeSteps(nodeType, index)) if (isSound(...path)) checkStep(step, path, report);
    }
    checkNodeTypeTemplates(nodeType, index, report);
  }
}

/** What the schema cannot express: rules between fields, and the texts with a syntax of their own. */
function checkRules(scenario: Scenario, report: ProblemReport): void {
  if (!checkSize(scenario, report)) return;
  checkShownName(scenario.name, ['name'], report);
  checkTarget(scenario.target, report);
  checkTargetTemplates(scenario, report);
  checkLoad(scenario, report);
  const names = scenario.nodeTypes.map(({ name }) => name);
  checkUnique(names, ['nodeTypes'], 'node type', report);
  for (const [index, nodeType] of scenario.nodeTypes.entries()) {
    checkNodeType(nodeType, index, report);
    checkNodeTypeTemplates(nodeType, index, report);
  }
}
