import { describe, expect, it } from 'vitest';
import { cut, displayWidth, pad, printable, wrap } from '../../../src/main/cli/display-text';

describe('printable', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['\u001b]8;;http://evil\u0007link\u001b]8;;\u0007', 'link'],
    ['two\nlines\tand\r\0more', 'two lines and more'],
    ['gpj.exe\u202etxt', 'gpj.exe txt'],
    ['\u009b31mC1', 'C1'],
    ['a\u0085b', 'a b'],
    ['温度 ü 🌡️', '温度 ü 🌡️'],
  ])('makes %j safe', (text, safe) => {
    expect(printable(text)).toBe(safe);
  });
});

describe('cut and pad', () => {
  it('leaves what fits and marks what does not', () => {
    expect(cut('temperature', 11)).toBe('temperature');
    expect(cut('temperature', 6)).toBe('tempe…');
    expect(cut('temperature', 1)).toBe('…');
    expect(cut('temperature', 0)).toBe('');
  });

  it('counts wide characters as two columns and never cuts inside one', () => {
    expect(cut('温度温度', 5)).toBe('温度…');
    expect(displayWidth(cut('温度温度', 6))).toBeLessThanOrEqual(6);
    expect(cut('👩‍🔬👩‍🔬👩‍🔬', 4)).toBe('👩‍🔬…');
    expect(pad('温', 4, 'left')).toBe('温  ');
    expect(pad('温', 4, 'right')).toBe('  温');
  });
});

describe('wrap', () => {
  it('breaks at spaces and leaves long words whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('unbreakable', 5)).toEqual(['unbreakable']);
    expect(wrap('', 5)).toEqual(['']);
  });
});
