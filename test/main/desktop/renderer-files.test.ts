import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerRendererRequest } from '../../../src/main/desktop/renderer-files';
import { tempFolder } from '../../support/temp-folder';

/** A renderer's folder with a secret beside it. */
function rendererFolder(): string {
  const folder = tempFolder();
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<!doctype html>');
  writeFileSync(join(renderer, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(renderer, 'assets', 'inter.woff2'), 'font');
  writeFileSync(join(renderer, 'assets', 'strange.exe'), 'MZ');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'renderer-secret.txt'), 'secret');
  return renderer;
}

function get(folder: string, url: string, method = 'GET'): Promise<Response> {
  return answerRendererRequest(folder, { url, method });
}

describe("serving the renderer's files", () => {
  it.each([
    ['app://nodeswarm/', 'text/html; charset=utf-8'],
    ['app://nodeswarm/index.html?view=live#x', 'text/html; charset=utf-8'],
    ['app://nodeswarm/assets/app.js', 'text/javascript; charset=utf-8'],
    ['app://nodeswarm/assets/inter.woff2', 'font/woff2'],
    ['app://nodeswarm/assets/strange.exe', 'application/octet-stream'],
  ])('answers %s with its file and media type', async (url, mediaType) => {
    const response = await get(rendererFolder(), url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(mediaType);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('sends the policy that lets the page load nothing from elsewhere and run nothing of its own making', async () => {
    const policy = (await get(rendererFolder(), 'app://nodeswarm/index.html')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(policy.match(/script-src[^;]*/)?.[0]).not.toContain('unsafe-inline');
  });

  it.each([
    'app://nodeswarm/../secret.txt',
    'app://nodeswarm/..%2fsecret.txt',
    'app://nodeswarm/%2e%2e%2fsecret.txt',
    'app://nodeswarm/%2e%2e/secret.txt',
    'app://nodeswarm/assets/..%2f..%2fsecret.txt',
    'app://nodeswarm/..%5csecret.txt',
    'app://nodeswarm/assets%2f..%2f..%2fsecret.txt',
    'app://nodeswarm//etc/passwd',
    'app://nodeswarm/%2fetc%2fpasswd',
    'app://nodeswarm/C:%5cWindows%5cwin.ini',
    'app://nodeswarm/..%2frenderer-secret.txt',
    'app://nodeswarm/index.html%00.txt',
    'app://nodeswarm/%',
    'app://nodeswarm/%252e%252e%252fsecret.txt',
    'app://nodeswarm/assets',
    'app://nodeswarm/missing.js',
  ])('refuses %s', async (url) => {
    const response = await get(rendererFolder(), url);
    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toMatch(/secret|root:/);
  });

  it('refuses a symbolic link that leads out, and follows one that stays within', async () => {
    const folder = rendererFolder();
    symlinkSync(join(folder, '..', 'secret.txt'), join(folder, 'link.txt'));
    symlinkSync(join(folder, '..'), join(folder, 'up'));
    symlinkSync(join(folder, 'assets', 'app.js'), join(folder, 'inside.js'));
    expect((await get(folder, 'app://nodeswarm/link.txt')).status).toBe(404);
    expect((await get(folder, 'app://nodeswarm/up/secret.txt')).status).toBe(404);
    expect((await get(folder, 'app://nodeswarm/inside.js')).status).toBe(200);
  });

  it.each([
    'app://other/index.html',
    'https://nodeswarm/index.html',
    'app://nodeswarm.evil.test/index.html',
    'app://a@nodeswarm/index.html',
  ])('refuses the foreign address %s', async (url) => {
    expect((await get(rendererFolder(), url)).status).toBe(403);
  });

  it('refuses methods that would change something', async () => {
    expect((await get(rendererFolder(), 'app://nodeswarm/index.html', 'POST')).status).toBe(405);
  });
});
