import { afterEach, describe, expect, it, vi } from 'vitest';
import { findChromium } from './chromium';

afterEach(() => vi.unstubAllEnvs());

describe('finding a browser for tests', () => {
  it('says in a sentence what to do when the named one cannot be run', () => {
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
    expect(() => findChromium()).toThrow('CHROMIUM_PATH is "/nowhere/chromium", which cannot be run');
  });

  it('takes the named one', () => {
    vi.stubEnv('CHROMIUM_PATH', process.execPath);
    expect(findChromium()).toBe(process.execPath);
  });
});
