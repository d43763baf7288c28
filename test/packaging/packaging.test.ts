import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// What makes the installed app trustworthy, as it is configured: fuses and archive of the desktop app, and where its packages come from.

const ROOT = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface LockedPackage {
  version?: string;
  dev?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
  integrity?: string;
  resolved?: string;
}
const locked = Object.entries((JSON.parse(textOf('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages);
const manifest = JSON.parse(textOf('package.json')) as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

/** The lines of a block of electron-builder.yml, without comments. */
function block(name: string): string[] {
  const lines = textOf('electron-builder.yml').split('\n');
  const from = lines.indexOf(`${name}:`) + 1;
  if (from === 0) throw new Error(`electron-builder.yml has no block ${name}`);
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => /^\S/.test(line) && !line.startsWith('#'));
  return rest
    .slice(0, end)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the packaged app', () => {
  it('is of the same authors wherever they are named', () => {
    const { author } = JSON.parse(textOf('package.json')) as { author: { name: string } };
    expect(textOf('LICENSE')).toMatch(new RegExp(`^Copyright \\(c\\) \\d{4} ${author.name}$`, 'm'));
    const named = [...textOf('electron-builder.yml').matchAll(/^ *(?:copyright|maintainer): (.*)$/gm)].map(([, name]) => name);
    expect(named).toEqual([author.name, author.name]);
  });

  it('can be nothing but the app: its fuses', () => {
    expect(block('electronFuses').sort()).toEqual([
      'enableCookieEncryption: true',
      'enableEmbeddedAsarIntegrityValidation: true',
      'enableNodeCliInspectArguments: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'grantFileProtocolExtraPrivileges: false',
      'onlyLoadAppFromAsar: true',
      'runAsNode: false',
    ]);
  });

  it('is an archive with nothing beside it but native libraries, and holds only what is named', () => {
    expect(textOf('electron-builder.yml')).toMatch(/^asar: true$/m);
    expect(block('asarUnpack')).toEqual(['- "**/*.node"']);
    const [first, ...files] = block('files');
    expect(first).toBe('- "!**/*"');
    const included = files.filter((line) => !line.startsWith('- "!'));
    expect(included).toEqual([
      '- package.json',
      '- out/main/**/*.js',
      '- out/preload/**/*.cjs',
      '- out/renderer/**/*',
      '- resources/scenarios/**/*',
      '- resources/icon/icon.png',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own
      '- node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    ]);
  });

  it('holds these packages and no others beside its bundles', () => {
    const installed = locked.filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional).map(([path]) => path);
    expect(installed).toEqual(['node_modules/better-sqlite3', 'node_modules/node-addon-api', 'node_modules/undici']);
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3', 'undici']);
  });
});

describe('packages', () => {
  it('run no install script that nobody has decided on', () => {
    const withScripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
    expect(Object.keys(manifest.allowScripts).sort()).toEqual([...new Set(withScripts)].sort());
    expect(Object.entries(manifest.allowScripts).filter(([, allowed]) => allowed)).toEqual([['node', true]]);
  });

  it('are the very ones that were locked, from whatever registry', () => {
    const remote = locked.filter(([path]) => path !== '');
    // The lock file was made where these were not to be had; they are the linter's, and never part of the app.
    const unsure = remote.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => nameOf(path));
    expect(unsure.filter((name) => !name.startsWith('@biomejs/cli-'))).toEqual([]);
    expect(remote.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('that are installed with the app are listed in docs/security.md, with version and purpose', () => {
    const listed = [...textOf('docs/security.md').matchAll(/^\| `([\w-]+)` \| (\d+\.\d+\.\d+) \| .+ \|$/gm)].map(
      ([, name, version]) => `${name} ${version}`,
    );
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { version?: string; dev?: boolean }>;
    };
    const installed = Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && !dev)
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')} ${version}`);
    expect(listed.sort()).toEqual(installed.sort());
  });

  it('are looked up for known vulnerabilities in continuous integration', () => {
    const workflow = textOf('.github/workflows/desktop.yml');
    expect(workflow).toMatch(/^ +npm audit --omit=dev$/m);
    expect(workflow).not.toContain('continue-on-error');
  });
});

describe('the code around Electron', () => {
  const folder = join(ROOT, 'src/main/desktop');
  const sources = new Map([
    ...readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]),
    ['index.ts', textOf('src/main/index.ts')],
    ['preload', textOf('src/preload/index.ts')],
    ['electron-host.ts', textOf('src/main/process/electron-host.ts')],
  ]);
  const places = (pattern: RegExp) => [...sources].filter(([, text]) => pattern.test(text)).map(([name]) => name);

  it('switches no protection off and no experiment on', () => {
    const switches =
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|allowpopups|nodeIntegration\w*: true|webviewTag: true|sandbox: false|contextIsolation: false|appendSwitch|no-sandbox|registerFileProtocol|\.loadFile\(|bypassCSP|@electron\/remote/;
    expect(places(switches)).toEqual([]);
  });

  it('opens one window, with every protection said', () => {
    expect(places(/new (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/)).toEqual(['app-window.ts']);
    const window = sources.get('app-window.ts') ?? '';
    for (const wanted of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'webviewTag: false']) {
      expect(window).toContain(wanted);
    }
    expect(sources.get('index.ts')).toContain('app.enableSandbox()');
  });

  it('answers ipc in one place, which looks at the sender, and opens pages outside in one place, which looks at the address', () => {
    expect(places(/ipcMain\.(on|handle|once)/)).toEqual(['ipc-bridge.ts']);
    expect(places(/openExternal|openPath/)).toEqual(['security.ts']);
    expect(places(/exposeInMainWorld/)).toEqual(['preload']);
    expect(sources.get('preload')?.match(/exposeInMainWorld/g)).toHaveLength(1);
  });

  it('serves the app by its own scheme, without more privileges than it needs', () => {
    expect(sources.get('app-protocol.ts')).toContain(
      'privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true }',
    );
  });
});
