import { describe, expect, it } from 'vitest';
import { visibleText } from '../../../src/shared/text/visible-text';

describe('visibleText', () => {
  it('writes out what would be hidden or would turn text around', () => {
    expect(visibleText('admin\u202egnp.exe')).toBe('admin⟨U+202E⟩gnp.exe');
    expect(visibleText('a\u0000b\u001b[31m\u0085\u200b\ufeff')).toBe('a⟨U+0000⟩b⟨U+001B⟩[31m⟨U+0085⟩⟨U+200B⟩⟨U+FEFF⟩');
    expect(visibleText('\u2028\u2066\ud800\u{e0041}')).toBe('⟨U+2028⟩⟨U+2066⟩⟨U+D800⟩⟨U+E0041⟩');
    expect(visibleText('a\rb')).toBe('a⟨U+000D⟩b');
  });

  it('leaves ordinary text of any script alone', () => {
    const ordinary = 'äß שלום سلام 温度\tx\ny 👩‍🔧 می‌خواهم';
    expect(visibleText(ordinary)).toBe(ordinary);
    expect(visibleText('a\r\nb')).toBe('a\nb');
  });
});
