import { basename, join } from 'node:path';
import { z } from 'zod';
import { maxRequestsPerSecond } from '../../shared/api/routes';
import type { RecentFile, RecoveryInfo, Settings } from '../../shared/api/types';
import { JsonFile } from './json-file';

const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  // Files of earlier versions do not have it.
  maxRequestsPerSecond: maxRequestsPerSecond.nullable().default(null),
});
const DEFAULT_SETTINGS: Settings = { theme: 'system', density: 'comfortable', maxRequestsPerSecond: null };

const recentSchema = z.array(z.object({ path: z.string() }));
const MAX_RECENT = 10;

const recoverySchema = z.object({ path: z.string().nullable(), text: z.string(), savedAt: z.number() }).nullable();

/** What the app remembers from one start to the next, apart from runs: settings, recent files, unsaved work. Files of a folder. */
export class AppMemory {
  private readonly settingsFile: JsonFile<typeof settingsSchema>;
  private readonly recentFile: JsonFile<typeof recentSchema>;
  private readonly recoveryFile: JsonFile<typeof recoverySchema>;

  constructor(folder: string, onLog: (line: string) => void) {
    this.settingsFile = new JsonFile(join(folder, 'settings.json'), settingsSchema, DEFAULT_SETTINGS, onLog);
    this.recentFile = new JsonFile(join(folder, 'recent.json'), recentSchema, [], onLog);
    this.recoveryFile = new JsonFile(join(folder, 'recovery.json'), recoverySchema, null, onLog);
  }

  settings(): Promise<Settings> {
    return this.settingsFile.read();
  }

  /** Returns all settings as they are then. */
  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const settings: Settings = { ...(await this.settingsFile.read()), ...given };
    await this.settingsFile.write(settings);
    return settings;
  }

  /** Latest first. */
  async recent(): Promise<RecentFile[]> {
    return (await this.recentFile.read()).map(({ path }) => ({ path, name: basename(path) }));
  }

  async noteRecent(path: string): Promise<void> {
    const others = (await this.recentFile.read()).filter((file) => file.path !== path);
    await this.recentFile.write([{ path }, ...others].slice(0, MAX_RECENT));
  }

  /** The work that was not saved when it was last kept. */
  unsaved(): Promise<RecoveryInfo | null> {
    return this.recoveryFile.read();
  }

  /** An empty text forgets it. */
  async keepUnsaved(path: string | null, text: string): Promise<void> {
    await this.recoveryFile.read();
    await this.recoveryFile.write(text === '' ? null : { path, text, savedAt: Date.now() });
  }
}
