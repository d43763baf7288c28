import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium';

// node test/support/run-ts.mjs test/support/render-icon.ts: draws resources/icon/icon.png from the SVG beside it. The packager makes the
// formats of the platforms from it.

const SIZE = 1024;

const folder = join(import.meta.dirname, '../../resources/icon');
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0; background: transparent }</style>${svg}`);
  const file = join(folder, 'icon.png');
  await page.screenshot({ path: file, omitBackground: true });
  console.log(`Wrote ${file}`);
} finally {
  await browser.close();
}
