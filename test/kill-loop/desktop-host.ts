import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { PreloadApi } from '../../src/shared/api/client';
import type { Reply } from '../../src/shared/api/reply';
import { launchStandIn, type StandInApp, type StandInPrograms } from '../support/electron-stand-in/driver/launch';
import { carryOutRun, type HostEnd, type HostSetup, type RoundHost } from './round-host';

const MAIN = join(import.meta.dirname, '../../out/main/index.js');

/** The built desktop app under the stand-in for Electron, with a run started by its page and ended when that is over. */
export class DesktopHost implements RoundHost {
  readonly ended: Promise<HostEnd>;
  private said = '';
  private isOver = false;

  private constructor(
    private readonly app: StandInApp,
    text: string,
  ) {
    this.ended = app.exited.then((code) => {
      this.isOver = true;
      return { code, signal: app.process.signalCode, said: [...app.output, this.said].join('\n') };
    });
    void this.drive(text);
  }

  /** Resolves as soon as its main process is there. */
  static async start(programs: StandInPrograms, { env, scenario }: HostSetup): Promise<DesktopHost> {
    return new DesktopHost(await launchStandIn(programs, { mainFile: MAIN, args: [], env }), scenario.text);
  }

  get told(): string {
    return [...this.app.output, this.said].join('\n');
  }

  /** As a user does, who then quits. */
  private async drive(text: string): Promise<void> {
    const { app } = this;
    try {
      const page = await Promise.race([app.firstWindow(), app.exited.then(() => Promise.reject(new Error('the app has ended')))]);
      await page.waitForFunction(() => 'nodeswarm' in window);
      const wrong = await carryOutRun(
        (route, input) => this.call(page, route, input),
        text,
        async () => {
          if (this.isOver) throw new Error('the app has ended');
          await sleep(40);
        },
      );
      this.said += wrong;
    } catch (error) {
      // The app was killed meanwhile; if it was not, it is stuck.
      await Promise.race([app.exited, sleep(1000)]);
      if (this.isOver) return;
      this.said += `driving failed: ${error}\n`;
    }
    app.process.kill('SIGTERM');
  }

  private async call(page: Page, route: string, input: unknown): Promise<unknown> {
    const reply = (await page.evaluate(
      ([name, value]) => (Reflect.get(window, 'nodeswarm') as PreloadApi).routes[name as 'runs.list'](value as never),
      [route, input] as const,
    )) as Reply<unknown>;
    if (reply.ok) return reply.data;
    this.said += `${reply.error.message}\n`;
    return null;
  }
}
