import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reflect } from '../../../../../src/main/swarm/template/generators/random-walk';
import { TaskException } from '../../../../../src/main/swarm/template/task-exception';
import { drawNumbers, drawTexts, packed, programOf, tableOf } from '../program-fixture';

describe('counter', () => {
  it('counts from 0, or from start by step, without adding up errors', () => {
    expect(drawNumbers('counter()', 4)).toEqual([0, 1, 2, 3]);
    expect(drawNumbers('counter(10, -5)', 4)).toEqual([10, 5, 0, -5]);
    expect(drawNumbers('counter(0, 0.1)', 1001)[1000]).toBe(100);
  });

  it('counts for each node and each placeholder apart', () => {
    const program = programOf();
    const template = program.compile('{{counter()}},{{counter(5)}}', 'text');
    const [first, second] = [program.createScope(0), program.createScope(1)];
    expect([template.render(first), template.render(first), template.render(second)]).toEqual(['0,5', '1,6', '0,5']);
  });
});

describe('sequence', () => {
  it('begins again at its end', () => {
    expect(drawTexts('sequence("a", 2, null)', 7)).toEqual(['a', '2', 'null', 'a', '2', 'null', 'a']);
  });

  it('throws a task exception at each use once it is used up, when told so', () => {
    const generator = { kind: 'sequence', values: [1, 2], whenExhausted: 'fail' };
    const program = programOf({ variables: [{ name: 'x', generator, refresh: 'use' }] });
    const scope = program.createScope(0);
    expect([scope.get(0), scope.get(0)]).toEqual([1, 2]);
    expect(() => scope.get(0)).toThrow(new TaskException('the sequence of 2 values is used up'));
    expect(() => scope.get(0)).toThrow(TaskException);
    expect(program.createScope(1).get(0)).toBe(1);
  });
});

describe('timestamp', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the wall clock in each format, offset included', () => {
    vi.useFakeTimers({ now: Date.UTC(2024, 1, 29, 12, 30, 5, 67) });
    expect(drawTexts('timestamp()', 2)).toEqual(['2024-02-29T12:30:05.067Z', '2024-02-29T12:30:05.067Z']);
    expect(drawTexts('timestamp("epochMs")', 1)).toEqual(['1709209805067']);
    expect(drawTexts('timestamp("epochSeconds")', 1)).toEqual(['1709209805']);
    expect(drawTexts('timestamp("iso", -86400)', 1)).toEqual(['2024-02-28T12:30:05.067Z']);
    expect(drawTexts('timestamp("epochMs", 0.5)', 1)).toEqual(['1709209805567']);
  });

  it('moves on with the clock', () => {
    vi.useFakeTimers({ now: 1000 });
    const program = programOf();
    const template = program.compile('{{timestamp()}}', 'text');
    const scope = program.createScope(0);
    expect(template.render(scope)).toBe('1970-01-01T00:00:01.000Z');
    vi.setSystemTime(1001);
    expect(template.render(scope)).toBe('1970-01-01T00:00:01.001Z');
  });
});

describe('randomWalk', () => {
  it('begins at start and moves by at most step', () => {
    const values = drawNumbers('randomWalk(20, 0.5)', 2000);
    expect(values[0]).toBe(20);
    const changes = values.slice(1).map((value, index) => value - (values[index] ?? 0));
    expect(changes.every((change) => Math.abs(change) <= 0.5 + 1e-9)).toBe(true);
    expect(Math.max(...changes)).toBeGreaterThan(0.45);
    expect(Math.min(...changes)).toBeLessThan(-0.45);
  });

  it('stays within min and max, does not stick to them, and sees all of the range', () => {
    const values = drawNumbers('randomWalk(20, 3, 15, 30)', 20_000);
    expect(values.every((value) => value >= 15 && value <= 30)).toBe(true);
    expect(values.filter((value) => value === 15 || value === 30)).toEqual([]);
    const seen = new Set(values.map((value) => Math.floor(value)));
    expect(seen.size).toBe(15);
  });

  it('rounds what it sends but not itself', () => {
    const rounded = drawNumbers('randomWalk(0, 0.04, null, null, 1)', 5000);
    expect(rounded.every((value) => Math.round(value * 10) / 10 === value)).toBe(true);
    expect(Math.max(...rounded.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it('reflects like mirrors at both ends, however far beyond', () => {
    expect([reflect(11, 0, 10), reflect(-3, 0, 10), reflect(25, 0, 10), reflect(-12, 0, 10)]).toEqual([9, 3, 5, 8]);
    expect([reflect(-3, 0, undefined), reflect(12, undefined, 10), reflect(5, undefined, undefined)]).toEqual([3, 8, 5]);
    expect(reflect(5, 2, 2)).toBe(2);
    const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(bound, bound, fc.double({ min: -1e7, max: 1e7, noNaN: true }), (one, other, value) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const reflected = reflect(value, min, max);
        expect(reflected).toBeGreaterThanOrEqual(min - 1e-6);
        expect(reflected).toBeLessThanOrEqual(max + 1e-6);
      }),
      { seed: 1 },
    );
  });
});

describe('csvColumn', () => {
  const context = (rows: number, fleetSize = 4) => ({ csv: { 'devices.csv': tableOf(rows) }, fleetSize });

  it('gives each node the row of its index', () => {
    const draw = (node: number) => drawTexts('csvColumn("devices.csv", "id")', 2, { node, context: context(3) });
    expect(draw(0)).toEqual(['id-0', 'id-0']);
    expect(draw(2)).toEqual(['id-2', 'id-2']);
    expect(draw(4)).toEqual(['id-1', 'id-1']);
  });

  it('goes through the file with the whole fleet: each row once before any comes again', () => {
    const perNode = [0, 1, 2, 3].map((node) =>
      drawTexts('csvColumn("devices.csv", "id", "round-robin")', 3, { node, context: context(12) }),
    );
    expect(perNode[1]).toEqual(['id-1', 'id-5', 'id-9']);
    expect(new Set(perNode.flat()).size).toBe(12);
    expect(drawTexts('csvColumn("devices.csv", "id", "round-robin")', 3, { node: 3, context: context(5) })).toEqual([
      'id-3',
      'id-2',
      'id-1',
    ]);
  });

  it('draws rows evenly at random', () => {
    const values = drawTexts('csvColumn("devices.csv", "name", "random")', 3000, { context: context(3) });
    for (const row of [0, 1, 2]) {
      expect(Math.abs(values.filter((value) => value === `name ${row}`).length - 1000)).toBeLessThan(110);
    }
  });

  it.each(['per-node', 'round-robin'])('throws a task exception beyond the last row with %s, when told so', (pick) => {
    const call = `csvColumn("devices.csv", "id", "${pick}", "fail")`;
    expect(() => drawTexts(call, 1, { node: 2, context: context(3) })).not.toThrow();
    expect(() => drawTexts(call, 1, { node: 3, context: context(3) })).toThrow(
      new TaskException('the CSV file "devices.csv" is used up: it has 3 rows'),
    );
  });

  it('throws on the draw that would leave the file with round-robin', () => {
    const program = programOf({}, context(6));
    const template = program.compile('{{csvColumn("devices.csv", "id", "round-robin", "fail")}}', 'text');
    const scope = program.createScope(1);
    expect([template.render(scope), template.render(scope)]).toEqual(['id-1', 'id-5']);
    expect(() => template.render(scope)).toThrow(TaskException);
  });

  it('reads a cell that a short row lacks as empty', () => {
    const csv = { 'd.csv': packed(['a', 'b'], [['1']]) };
    expect(drawTexts('csvColumn("d.csv", "b")', 1, { context: { csv } })).toEqual(['']);
  });

  it('cannot be compiled without the file, the column or a row', () => {
    const compile = (call: string, rows = 3) => programOf({}, context(rows)).compile(`{{${call}}}`, 'text');
    expect(() => compile('csvColumn("device.csv", "id")')).toThrow(
      'the CSV file "device.csv" is not part of the run; did you mean "devices.csv"?',
    );
    expect(() => compile('csvColumn("devices.csv", "nam")')).toThrow(
      'the CSV file "devices.csv" has no column "nam"; did you mean "name"?',
    );
    expect(() => compile('csvColumn("devices.csv", "serial")')).toThrow('no column "serial"; it has id, name');
    expect(() => compile('csvColumn("devices.csv", "id")', 0)).toThrow('the CSV file "devices.csv" has no rows below its header');
    expect(() => compile('csvColumn("__proto__", "id")')).toThrow('is not part of the run');
  });
});
