const EXTENSION = '.nodeswarm.json';

/** A file name for a scenario: `iot-backend.nodeswarm.json`. Safe on every file system. */
export function suggestedFileName(scenarioName: string): string {
  const stem = scenarioName
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${stem || 'scenario'}${EXTENSION}`;
}
