import { basename, join } from 'node:path';
import { z } from 'zod';
import { maxRequestsPerSecond } from '../../shared/api/routes';
import type { RecentFile, RecoveryInfo, Settings } from '../../shared/api/types';
import { JsonFile, NotRemembered } from './json-file';
import { MAX_RECENT, type RecentScenario, recentScenariosSchema, withRecentScenario } from './recent-scenarios';

const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  // Files of earlier versions do not have it.
  maxRequestsPerSecond: maxRequestsPerSecond.nullable().default(null),
});
const DEFAULT_SETTINGS: Settings = { theme: 'system', density: 'comfortable', maxRequestsPerSecond: null };

const recentSchema = z.array(z.object({ path: z.string() }));

const recoverySchema = z.object({ path: z.string().nullable(), text: z.string(), savedAt: z.number() }).nullable();

/** What the app remembers from one start to the next, apart from runs: settings, recent files, unsaved work. Files of a folder. */
export class AppMemory {
  private readonly settingsFile: JsonFile<typeof settingsSchema>;
  private readonly recentFile: JsonFile<typeof recentSchema>;
  private readonly recentScenariosFile: JsonFile<typeof recentScenariosSchema>;
  private readonly recoveryFile: JsonFile<typeof recoverySchema>;
  /** Whether it was told that unsaved work cannot be written. */
  private toldOfUnsaved = false;

  constructor(
    folder: string,
    private readonly onLog: (line: string) => void,
  ) {
    this.settingsFile = new JsonFile(join(folder, 'settings.json'), settingsSchema, DEFAULT_SETTINGS, 'The settings', onLog);
    this.recentFile = new JsonFile(join(folder, 'recent.json'), recentSchema, [], 'The recent files', onLog);
    this.recentScenariosFile = new JsonFile(
      join(folder, 'recent-scenarios.json'),
      recentScenariosSchema,
      [],
      'The recent scenarios',
      onLog,
    );
    this.recoveryFile = new JsonFile(join(folder, 'recovery.json'), recoverySchema, null, 'Unsaved changes', onLog);
  }

  settings(): Promise<Settings> {
    return this.settingsFile.read();
  }

  /** Returns all settings as they are then. Rejects with `NotRemembered` when they hold only until the program ends. */
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
    // A list that is nice to have: nobody is to be disturbed for it.
    await this.recentFile.write([{ path }, ...others].slice(0, MAX_RECENT)).catch((error: Error) => this.onLog(error.message));
  }

  /** Latest first. */
  recentScenarios(): Promise<RecentScenario[]> {
    return this.recentScenariosFile.read();
  }

  async keepRecentScenario(text: string): Promise<void> {
    const list = await this.recentScenariosFile.read();
    const next = withRecentScenario(list, text);
    // Nice to have as well.
    if (next !== list) await this.recentScenariosFile.write([...next]).catch((error: Error) => this.onLog(error.message));
  }

  /** Forgets recent files and scenarios. Rejects with `NotRemembered` when they will be there again after the next start. */
  async forgetRecent(): Promise<void> {
    for (const file of [this.recentFile, this.recentScenariosFile]) {
      if ((await file.read()).length === 0 && !file.isUnread) continue;
      await file.write([]).catch((error: NotRemembered) => {
        throw new NotRemembered(
          `They are forgotten only until Nodeswarm closes: ${error.reason}; remove the file.`,
          error.reason,
        );
      });
    }
  }

  /** The work that was not saved when it was last kept. */
  unsaved(): Promise<RecoveryInfo | null> {
    return this.recoveryFile.read();
  }

  /** An empty text forgets it. Rejects with `NotRemembered` the first time that it cannot be written, and then only once it could be again. */
  async keepUnsaved(path: string | null, text: string): Promise<void> {
    try {
      await this.recoveryFile.write(text === '' ? null : { path, text, savedAt: Date.now() });
      this.toldOfUnsaved = false;
    } catch (error) {
      // Kept anew with every change: told each time, it would be in the way of the work.
      if (this.toldOfUnsaved && error instanceof NotRemembered) return;
      this.toldOfUnsaved = true;
      throw error;
    }
  }
}
