import { describe, expect, it } from 'vitest';
import { isAppUrl } from '../../../src/main/desktop/app-url';
import { isExternalPage } from '../../../src/main/desktop/external-pages';

describe('addresses of the app itself', () => {
  it.each(['app://nodeswarm/index.html', 'app://nodeswarm/', 'app://nodeswarm/a?b#c'])('%s is one', (address) => {
    expect(isAppUrl(address)).toBe(true);
  });

  it.each([
    '',
    'about:blank',
    'app://other/index.html',
    'app://nodeswarm:1/index.html',
    'app://nodeswarm@evil.test/',
    'app://user@nodeswarm/',
    'app:nodeswarm',
    'https://nodeswarm/',
    'file:///app://nodeswarm/',
    'data:text/html,app://nodeswarm/',
    'not an address',
  ])('%j is none', (address) => {
    expect(isAppUrl(address)).toBe(false);
  });
});

describe("pages that may open in the user's browser", () => {
  const pages = ['https://docs.test/nodeswarm'];

  it.each(['https://docs.test/nodeswarm', 'https://docs.test/nodeswarm/waits#pacing'])('%s may', (address) => {
    expect(isExternalPage(address, pages)).toBe(true);
  });

  it.each([
    'http://docs.test/nodeswarm',
    'https://docs.test/nodeswarm-evil',
    'https://docs.test/nodeswarm/../other',
    'https://docs.test.evil/nodeswarm',
    'https://docs.test@evil/nodeswarm',
    'https://user@docs.test/nodeswarm',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'nonsense',
  ])('%s may not', (address) => {
    expect(isExternalPage(address, pages)).toBe(false);
  });

  it('are none at first', () => {
    expect(isExternalPage('https://docs.test/', [])).toBe(false);
  });
});
