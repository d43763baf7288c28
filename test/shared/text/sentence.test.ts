import { expect, it } from 'vitest';
import { asSentence, visibleSentence } from '../../../src/shared/text/sentence';

it.each([
  ['connect ECONNREFUSED', 'Connect ECONNREFUSED.'],
  [' it is done. ', 'It is done.'],
  ['really?', 'Really?'],
  ['and so on…', 'And so on…'],
  ['éteint', 'Éteint.'],
  ['', ''],
  ['  ', ''],
])('makes a sentence of %j', (text, sentence) => expect(asSentence(text)).toBe(sentence));

it('writes out what deceives', () => expect(visibleSentence('a\u202eb')).toBe('A⟨U+202E⟩b.'));
