import { parseTemplate } from './placeholder';
import type { Generator, Scenario } from './schema';
import { scenarioTexts } from './templated-text';

/** Files that a scenario names, each once, as written: relative to the scenario's folder. */
export interface ScenarioFiles {
  /** CSV files with the columns that are drawn from. */
  csv: Map<string, Set<string>>;
  pem: string[];
}

/** The files that have to be read before a run: CSV files of variables and placeholders, and PEM files of TLS. */
export function listFiles(scenario: Scenario): ScenarioFiles {
  const csv = new Map<string, Set<string>>();
  const note = (generator: Generator) => {
    if (generator.kind === 'csvColumn') csv.set(generator.file, (csv.get(generator.file) ?? new Set()).add(generator.column));
  };
  for (const { variables } of scenario.nodeTypes) for (const { generator } of variables) note(generator);
  for (const { text } of scenarioTexts(scenario)) {
    for (const part of parseTemplate(text, { variables: [] }).parts) if (part.kind === 'generator') note(part.generator);
  }
  const { caFile, certFile, keyFile } = scenario.target.tls;
  const pem = new Set([caFile, certFile, keyFile].filter((file) => file !== undefined));
  return { csv, pem: [...pem] };
}

/** The names of all secrets that a scenario refers to (`{{secret.NAME}}`), each once. */
export function listSecrets(scenario: Scenario): string[] {
  const names = new Set<string>();
  for (const { text } of scenarioTexts(scenario)) {
    for (const part of parseTemplate(text, { variables: [] }).parts) if (part.kind === 'secret') names.add(part.name);
  }
  return [...names];
}
