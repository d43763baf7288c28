import { describe, expect, it } from 'vitest';
import { styleFor } from '../../../src/main/cli/style';
import { CapturedStream } from './support/captured-io';

describe('styleFor', () => {
  const terminal = new CapturedStream(true);

  it('colours on terminals', () => {
    expect(styleFor(terminal, {})('red', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(styleFor(terminal, { NO_COLOR: '' })('red', 'x')).not.toBe('x');
  });

  it('leaves text alone everywhere else', () => {
    expect(styleFor(new CapturedStream(false), {})('red', 'x')).toBe('x');
    expect(styleFor(terminal, { NO_COLOR: '1' })('red', 'x')).toBe('x');
    expect(styleFor(terminal, { TERM: 'dumb' })('red', 'x')).toBe('x');
  });
});
