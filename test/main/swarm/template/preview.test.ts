import { describe, expect, it } from 'vitest';
import { previewGenerator, previewNodes } from '../../../../src/main/swarm/template/preview';
import { generatorSchema } from '../../../../src/shared/scenario/schema';
import { drawNumbers, tableOf } from './program-fixture';

const options = { seed: 1, node: 0, csv: {}, count: 5, stepSeconds: 3600 };

describe('previewNodes', () => {
  it('shows what each node draws first', () => {
    const generator = generatorSchema.parse({ kind: 'randomInteger', min: 1, max: 1000 });
    const firstOf = (node: number) => previewGenerator(generator, { ...options, node, count: 1 });
    expect(previewNodes(generator, { ...options, node: 3, count: 3 })).toEqual([...firstOf(3), ...firstOf(4), ...firstOf(5)]);
  });

  it('gives each node a row of a file', () => {
    const generator = generatorSchema.parse({ kind: 'csvColumn', file: 'd.csv', column: 'id', pick: 'round-robin' });
    expect(previewNodes(generator, { ...options, csv: { 'd.csv': tableOf(100) }, count: 3 })).toEqual(['id-0', 'id-1', 'id-2']);
  });
});

describe('previewGenerator', () => {
  it('shows what a node would draw', () => {
    const generator = generatorSchema.parse({ kind: 'randomInteger', min: 1, max: 1000 });
    expect(previewGenerator(generator, options)).toEqual(drawNumbers('randomInteger(1, 1000)', 5));
  });

  it('moves signals on by the step', () => {
    const generator = generatorSchema.parse({ kind: 'battery', drainPerHour: 40, rechargePerHour: 40 });
    expect(previewGenerator(generator, options)).toEqual([100, 60, 20, 20, 60]);
  });

  it('ends where the generator is exhausted', () => {
    const generator = generatorSchema.parse({ kind: 'sequence', values: ['a', 'b'], whenExhausted: 'fail' });
    expect(previewGenerator(generator, options)).toEqual(['a', 'b']);
  });

  it('shows rows of a file for the planned fleet', () => {
    const generator = generatorSchema.parse({ kind: 'csvColumn', file: 'd.csv', column: 'id', pick: 'round-robin' });
    const csv = { 'd.csv': tableOf(100) };
    expect(previewGenerator(generator, { ...options, csv, node: 2, count: 3, fleetSize: 10 })).toEqual([
      'id-2',
      'id-12',
      'id-22',
    ]);
    expect(() => previewGenerator(generator, options)).toThrow('the CSV file "d.csv" is not part of the run');
  });
});
