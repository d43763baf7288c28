import { ByteWriter } from '../../../../src/main/swarm/template/byte-writer';
import { CsvPacker, type CsvTable } from '../../../../src/main/swarm/template/csv-table';
import { type Encoding, NodeTypeProgram, type ProgramContext } from '../../../../src/main/swarm/template/program';
import type { Scope } from '../../../../src/main/swarm/template/scope';
import { nodeTypeSchema, type Scalar } from '../../../../src/shared/scenario/schema';

/** A program of a node type written like in a scenario. */
export function programOf(nodeType: object = {}, context: Partial<ProgramContext> = {}): NodeTypeProgram {
  return new NodeTypeProgram(nodeTypeSchema.parse({ name: 'meter', ...nodeType }), {
    seed: 1,
    csv: {},
    secrets: {},
    fleetSize: 10,
    ...context,
  });
}

/** Renders one text once for node 0, and sees to it that its bytes say the same. */
export function renderOnce(text: string, encoding: Encoding, variables: Record<string, Scalar> = {}): string {
  const program = programOf({
    variables: Object.entries(variables).map(([name, value]) => ({ name, generator: { kind: 'constant', value } })),
  });
  const template = program.compile(text, encoding);
  const [scope, sameScope] = [program.createScope(0), program.createScope(0)];
  scope.beginTask(0);
  sameScope.beginTask(0);
  const rendered = template.render(scope);
  const writer = new ByteWriter(1);
  template.write(sameScope, writer);
  const written = writer.bytes.toString(encoding === 'header' ? 'latin1' : 'utf8', 0, writer.length);
  if (written !== rendered) throw new Error(`rendered as ${rendered}, but written as ${written}`);
  return rendered;
}

/** What an inline generator gives a node, draw after draw, as text. */
export function drawTexts(
  call: string,
  count: number,
  options: { node?: number; context?: Partial<ProgramContext> } = {},
): string[] {
  const program = programOf({}, options.context);
  const template = program.compile(`{{${call}}}`, 'text');
  const scope = program.createScope(options.node ?? 0);
  scope.beginTask(0);
  return Array.from({ length: count }, () => template.render(scope));
}

/** The same as numbers. */
export function drawNumbers(...options: Parameters<typeof drawTexts>): number[] {
  return drawTexts(...options).map(Number);
}

/** A value of a template at a time of the run's clock, in hours. */
export function renderAt(template: { render(scope: Scope): string }, scope: Scope, hours: number): number {
  scope.beginTask(hours * 3_600_000_000);
  return Number(template.render(scope));
}

/** A table of `rows` rows with the columns `id` (id-0, id-1, …) and `name`. */
export function tableOf(rows: number): CsvTable {
  const cells = Array.from({ length: rows }, (_, row) => [`id-${row}`, `name ${row}`]);
  return packed(['id', 'name'], cells);
}

/** A table as it comes from a file. */
export function packed(columns: string[], rows: string[][]): CsvTable {
  const packer = new CsvPacker(columns, columns);
  for (const row of rows) packer.add(row);
  return packer.finish();
}
