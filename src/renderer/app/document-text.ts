import type { z } from 'zod';
import { readJsonDocument } from '../../shared/scenario/json-text';
import { migrateDocument } from '../../shared/scenario/migrate';
import { parseScenario } from '../../shared/scenario/parse';
import { type ScenarioDocument, scenarioSchema } from '../../shared/scenario/schema';
import { serializeScenario } from '../../shared/scenario/serialize';

/**
 * The text of a document: canonical when it is a scenario; while it has mistakes exactly what is there, unknown keys included, so that
 * nothing is lost.
 */
export function textOfDocument(document: ScenarioDocument): string {
  const parsed = parseScenario(document);
  return parsed.ok ? serializeScenario(parsed.scenario) : `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * The document in a text, as its author wrote it; null when the text has no shape that a form can show (broken JSON, a text where a list
 * should be). Mistakes in values (an empty name, 0 nodes, an unknown key) are no hindrance: the form shows them.
 */
export function documentOfText(text: string): ScenarioDocument | null {
  const read = readJsonDocument(text);
  if ('problems' in read || typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) return null;
  const migrated = migrateDocument({ ...read.value });
  if ('problem' in migrated) return null;
  let parsed: ReturnType<typeof scenarioSchema.safeParse>;
  try {
    parsed = scenarioSchema.safeParse(migrated.document);
  } catch (error) {
    // More mistakes than the schema can gather.
    if (error instanceof RangeError) return null;
    throw error;
  }
  if (!parsed.success && parsed.error.issues.some(breaksShape)) return null;
  return migrated.document as ScenarioDocument;
}

/** Whether a value is of another kind than the form can show in its place. */
function breaksShape(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_type') return true;
  if (issue.code !== 'invalid_union') return false;
  // Without branches: a discriminated union of an unknown kind.
  return issue.errors.every((branch) => branch.some(breaksShape));
}
