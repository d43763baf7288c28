import { describe, expect, it } from 'vitest';
import { embeddedJson, html } from '../../../../src/main/reports/html/markup';

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
