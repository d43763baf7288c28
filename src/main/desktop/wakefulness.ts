import { powerSaveBlocker } from 'electron';

/** Keeps the system from putting the app to sleep while a run is on; the screen may go dark. */
export class Wakefulness {
  private blocker: number | null = null;

  set(running: boolean): void {
    if (running && this.blocker === null) this.blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!running && this.blocker !== null) {
      powerSaveBlocker.stop(this.blocker);
      this.blocker = null;
    }
  }
}
