import type { RouteName } from './routes';

/**
 * The names of all routes, without their schemas: what the preload makes its methods from (a sandboxed preload must stay small). A test
 * holds the list against `ROUTES`.
 */
export const ROUTE_NAMES = [
  'app.info',
  'settings.set',
  'document.state',
  'scenarios.open',
  'scenarios.openSample',
  'scenarios.openRecent',
  'scenarios.keepRecent',
  'scenarios.forgetRecent',
  'scenarios.save',
  'scenarios.autosave',
  'scenarios.preview',
  'scenarios.previewGenerator',
  'scenarios.sendOnce',
  'runs.start',
  'runs.current',
  'runs.stop',
  'runs.edit',
  'runs.resetStatistics',
  'runs.list',
  'runs.read',
  'runs.course',
  'runs.heat',
  'runs.window',
  'runs.spectrum',
  'runs.update',
  'runs.delete',
  'runs.restore',
  'runs.export',
  'runs.compare',
  'runs.exportComparison',
  'demo.start',
  'demo.stop',
] as const satisfies readonly RouteName[];
