import { describe, expect, it } from 'vitest';
import { embeddedJson, html } from '../../../../src/main/reports/html/markup';
import { visibleText } from '../../../../src/main/reports/html/visible-text';

describe('html', () => {
  it('inserts text as text, in content and in attributes', () => {
    const hostile = `<script>alert("1")</script>&amp;'`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;">' +
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;</p>',
    );
  });

  it('inserts markup as markup, lists element by element and nothing for null', () => {
    expect(html`<ul>${[html`<li>${1}</li>`, '<', null]}</ul>`.text).toBe('<ul><li>1</li>&lt;</ul>');
  });
});

describe('embeddedJson', () => {
  it('holds nothing that could end a script element, and is the same value when read', () => {
    const value = { '</script>': ['<!--', '<script', ']]>', '\u2028\u2029', '&'] };
    const { text } = embeddedJson(value);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});

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
