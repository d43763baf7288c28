import { describe, expect, test } from 'vitest';
import {
  GENERATOR_CHOICES,
  generatorFields,
  generatorOfKind,
  isGeneratorKind,
} from '../../../src/renderer/features/editor/model/generator-fields';
import { generatorProblems } from '../../../src/shared/scenario/placeholder-generator';
import { generatorSchema } from '../../../src/shared/scenario/schema';

describe('the fields of a generator', () => {
  test('come from its schema, in the order of its placeholder, with units and defaults', () => {
    const sine = generatorFields('sine');
    expect(sine.map(({ key }) => key)).toEqual(['periodSeconds', 'amplitude', 'mean', 'phase', 'noise', 'decimals']);
    expect(sine[0]).toMatchObject({ label: 'Period', unit: 's', control: 'number', required: true });
    expect(sine[2]).toMatchObject({ required: false, defaultValue: 0 });
    expect(sine[5]).toMatchObject({ control: 'integer', defaultValue: undefined });
    expect(generatorFields('csvColumn').find(({ key }) => key === 'pick')).toMatchObject({
      control: 'choice',
      options: ['round-robin', 'per-node', 'random'],
      defaultValue: 'per-node',
    });
    expect(generatorFields('choice').map(({ control }) => control)).toEqual(['values', 'weights']);
    expect(generatorFields('constant').map(({ control }) => control)).toEqual(['value']);
    expect(generatorFields('uuid')).toEqual([]);
  });

  test('say what each is for, and none is forgotten', () => {
    for (const { kind } of GENERATOR_CHOICES) {
      const option = generatorSchema.options.find(({ shape }) => shape.kind.value === kind);
      const fields = generatorFields(kind);
      expect(fields.length).toBe(Object.keys(option?.shape ?? {}).length - 1);
      for (const { description } of fields) expect(description).toMatch(/\.$/);
    }
  });
});

describe('picking another kind', () => {
  test('always makes a generator that works', () => {
    for (const { kind } of GENERATOR_CHOICES) {
      const parsed = generatorSchema.parse(generatorOfKind(kind, undefined));
      expect(generatorProblems(parsed)).toEqual([]);
    }
  });

  test('keeps the parameters that fit', () => {
    const integer = { kind: 'randomInteger', min: 5, max: 9 };
    expect(generatorOfKind('randomNumber', integer)).toEqual({ kind: 'randomNumber', min: 5, max: 9 });
    expect(generatorOfKind('sequence', { kind: 'choice', values: [1, 2], weights: [1, 1] })).toEqual({
      kind: 'sequence',
      values: [1, 2],
    });
    expect(generatorOfKind('randomInteger', { kind: 'randomNumber', min: 0.5, max: 9 })).toMatchObject({ min: 1, max: 9 });
  });
});

test('kinds are told from other texts', () => {
  expect(isGeneratorKind('uuid')).toBe(true);
  for (const other of ['', 'toString', 'UUID', 5, null]) expect(isGeneratorKind(other)).toBe(false);
});
