import { parseTemplate, type TemplatePart } from '../../../shared/scenario/placeholder';
import { didYouMean } from '../../../shared/scenario/placeholder-suggestion';
import type { Generator, NodeType } from '../../../shared/scenario/schema';
import type { CsvPlaces } from './csv-places';
import type { CsvTable } from './csv-table';
import { createPieceEncoder, type PieceEncoder } from './encoding/encoding-registry';
import type { Encoding, ValueEncoder } from './encoding/value-encoder';
import type { Draw, GeneratorContext } from './generators/compiled-generator';
import { compileGenerator } from './generators/generator-registry';
import { Scope, type ScopeLayout } from './scope';
import { type Charset, createTemplate, type Piece, type Template } from './template';

export type { Encoding } from './encoding/value-encoder';
export type { Template } from './template';

/** What a node type's texts are compiled against. */
export interface ProgramContext {
  /** The run's seed. */
  seed: number;
  /** CSV tables by file name as written in the scenario. */
  csv: Record<string, CsvTable>;
  /** Values of `{{secret.NAME}}` by name. */
  secrets: Record<string, string>;
  /** Nodes that the run plans to have at most, over all node types and shards. */
  fleetSize: number;
  /** The nodes that draw from a CSV file; all of the fleet, unless told. */
  csvPlaces?: (file: string) => CsvPlaces;
}

/**
 * The variables and texts of one node type, compiled once and shared by all its nodes. Order of use: `compile` everything, then
 * `createScope` for each node, then `render`. After the first scope nothing can be added any more that a scope would have to hold.
 */
export class NodeTypeProgram implements ScopeLayout {
  readonly seed: number;
  readonly names: string[] = [];
  readonly draws: (Draw | null)[] = [];
  readonly kept: boolean[] = [];
  readonly taskSlots: number[] = [];
  stateCount = 0;
  private readonly nodeTypeName: string;
  private readonly context: ProgramContext;
  private readonly generatorContext: GeneratorContext;
  private sealed = false;

  /** Throws an Error with a clear sentence when a variable's generator cannot work (a CSV file without the column). */
  constructor(nodeType: NodeType, context: ProgramContext) {
    this.seed = context.seed;
    this.nodeTypeName = nodeType.name;
    this.context = context;
    this.generatorContext = {
      csvPlaces: context.csvPlaces ?? (() => ({ placeOf: (node) => node, nodes: context.fleetSize })),
      allocateState: () => {
        this.mustBeOpen('a generator');
        return this.stateCount++;
      },
      csvTable: (file) => this.csvTable(file),
    };
    for (const { name, generator, refresh } of nodeType.variables) {
      const slot = this.addVariable(name, this.compileGenerator(generator), refresh !== 'use');
      if (refresh === 'task') this.taskSlots.push(slot);
    }
    for (const name of extractedVariables(nodeType)) this.variableSlot(name);
  }

  /**
   * Compiles a text with placeholders for the place it goes to. The whole result is encoded for that place, the written text around the
   * values too: a query value `a b{{x}}` renders as `a%20b…`, a path keeps its slashes and escapes.
   * Throws an Error with a clear sentence for a wrong placeholder, a secret that is not set, a text that cannot stand in a header.
   */
  compile(text: string, encoding: Encoding): Template {
    const { parts, problems } = parseTemplate(text, { variables: this.names });
    const [problem] = problems;
    if (problem) throw new Error(`${problem.placeholder}: ${problem.message}; expected ${problem.expected}`);
    const encoder = createPieceEncoder(encoding);
    const texts = [''];
    const charset = encoding === 'header' ? 'latin1' : 'utf8';
    const pieces: Piece[] = [];
    for (const part of parts) {
      const piece = this.compilePart(part, text.slice(part.start, part.end), encoder, charset);
      if (typeof piece === 'string') {
        texts.push(`${texts.pop()}${piece}`);
      } else {
        pieces.push(piece);
        texts.push('');
      }
    }
    return createTemplate(texts, pieces, charset);
  }

  /** The slot of a variable; declares it when it is new (then only `scope.set` gives it a value). */
  variableSlot(name: string): number {
    const slot = this.names.indexOf(name);
    return slot === -1 ? this.addVariable(name, null, true) : slot;
  }

  /** The variables of a new node. `node`: its number in the fleet, from 0. */
  createScope(node: number): Scope {
    this.sealed = true;
    return new Scope(this, node);
  }

  /** An encoded text where a part is always the same, else what renders it. `label`: the placeholder as written. */
  private compilePart(part: TemplatePart, label: string, encoder: PieceEncoder, charset: Charset): string | Piece {
    switch (part.kind) {
      case 'text':
        return encoder.text(part.text);
      case 'secret':
        return encoder.value(label)(this.secret(part.name));
      case 'node': {
        const encode = encoder.value(label);
        return part.field === 'type' ? encode(this.nodeTypeName) : pieceOf(({ node }) => node, encode, charset);
      }
      case 'variable': {
        const encode = encoder.value(label);
        const slot = this.variableSlot(part.name);
        return pieceOf((scope) => scope.get(slot), encode, charset);
      }
      case 'generator': {
        const encode = encoder.value(label);
        if (part.generator.kind === 'constant') return encode(part.generator.value);
        return pieceOf(this.compileGenerator(part.generator), encode, charset);
      }
    }
  }

  private compileGenerator(generator: Generator): Draw {
    return compileGenerator(generator, this.generatorContext);
  }

  private addVariable(name: string, draw: Draw | null, kept: boolean): number {
    this.mustBeOpen(`the variable "${name}"`);
    this.draws.push(draw);
    this.kept.push(kept);
    return this.names.push(name) - 1;
  }

  private mustBeOpen(addition: string): void {
    if (!this.sealed) return;
    throw new Error(`${addition} was added to node type "${this.nodeTypeName}" after its first node was made`);
  }

  private secret(name: string): string {
    const { secrets } = this.context;
    const value = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (value === undefined) throw new Error(`the secret "${name}" is not set: set the environment variable ${name}`);
    return value;
  }

  private csvTable(file: string): CsvTable {
    const { csv } = this.context;
    const table = Object.hasOwn(csv, file) ? csv[file] : undefined;
    if (table) return table;
    const suggestion = didYouMean(file, Object.keys(csv));
    throw new Error(
      `the CSV file "${file}" is not part of the run${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`,
    );
  }
}

/** A value, encoded for its place. Most numbers are the same text in every place, and are written as such. */
function pieceOf(draw: Draw, encode: ValueEncoder, charset: Charset): Piece {
  return {
    render: (scope) => encode(draw(scope)),
    write: (scope, writer) => {
      const value = draw(scope);
      if (typeof value === 'number' && writer.number(value)) return;
      if (charset === 'latin1') writer.latin1(encode(value));
      else writer.utf8(encode(value));
    },
  };
}

/** Names that the steps of a node type extract values into, in document order. */
function extractedVariables(nodeType: NodeType): string[] {
  const steps = [...nodeType.onStart, ...nodeType.tasks.flatMap((task) => task.steps), ...nodeType.onStop];
  return steps.flatMap((step) => step.request?.extract.map(({ variable }) => variable) ?? []);
}
