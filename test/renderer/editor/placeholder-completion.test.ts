import { describe, expect, test } from 'vitest';
import { completePlaceholder, signatureAt } from '../../../src/renderer/features/editor/model/placeholder-completion';
import { parseTemplate } from '../../../src/shared/scenario/placeholder';

/** `|` is the cursor. */
function complete(marked: string, variables: readonly string[] = ['iot_id']) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, found: completePlaceholder(text, offset, variables) };
}

/** The text with an option taken, the cursor marked. */
function taken(marked: string, label: string): string | undefined {
  const { text, found } = complete(marked);
  const option = found?.options.find((candidate) => candidate.label === label);
  if (!found || !option) return undefined;
  const result = text.slice(0, found.from) + option.insert + text.slice(found.to);
  const cursor = found.from + option.cursor;
  return `${result.slice(0, cursor)}|${result.slice(cursor)}`;
}

describe('completion of placeholders', () => {
  test('offers variables, facts of the node, secrets and all generators within braces', () => {
    const { found } = complete('{"id": {{|');
    const labels = found?.options.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['iot_id', 'node.index', 'node.type', 'secret.', 'randomInteger', 'battery']));
    expect(found?.options.find(({ label }) => label === 'randomNumber')).toMatchObject({ signature: '(min, max[, decimals])' });
  });

  test('offers nothing outside of braces or within arguments', () => {
    for (const place of ['abc|', '{|', '{{a}}|', '{{randomInteger(|', '{{randomInteger(1, |', '{{"x|']) {
      expect(complete(place).found).toBeNull();
    }
  });

  test('closes what it writes, and puts the cursor where something is to be filled in', () => {
    expect(taken('/x/{{io|', 'iot_id')).toBe('/x/{{iot_id}}|');
    expect(taken('/x/{{io|}}/y', 'iot_id')).toBe('/x/{{iot_id|}}/y');
    expect(taken('{{ran|', 'randomInteger')).toBe('{{randomInteger(|)}}');
    expect(taken('{{uu|', 'uuid')).toBe('{{uuid()}}|');
    expect(taken('{{sec|', 'secret.')).toBe('{{secret.|}}');
    expect(taken('{{ra|ndom(1, 2)}}', 'randomInteger')).toBe('{{randomInteger|(1, 2)}}');
  });

  test('writes only what the parser takes, but for what is still to be filled in', () => {
    const { found } = complete('{{|');
    for (const { insert, kind } of found?.options ?? []) {
      const { problems } = parseTemplate(`{{${insert}`, { variables: ['iot_id'] });
      if (kind === 'variable' || kind === 'node') expect(problems).toEqual([]);
      for (const { message } of problems) expect(message).not.toMatch(/never closed|unknown/);
    }
  });
});

test('the signature of a generator is shown while its arguments are written', () => {
  expect(signatureAt('{{gaussian(1, ', 14)?.text).toBe('gaussian(mean, standardDeviation[, min, max, decimals])');
  expect(signatureAt('{{choice("a)", ', 15)?.text).toMatch(/^choice/);
  for (const text of ['{{gaussian(1, 2)', 'gaussian(1, ', '{{nothing(', '{{iot_id'])
    expect(signatureAt(text, text.length)).toBeNull();
});
