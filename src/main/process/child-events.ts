/** What is alike of all `ChildHandle`s: who hears a child's lines and its end, which comes once. */
export abstract class ChildEvents {
  private readonly exitListeners: ((reason: string, clean: boolean) => void)[] = [];
  private readonly outputListeners: ((line: string) => void)[] = [];
  private end: { reason: string; clean: boolean } | undefined;

  onOutput(listener: (line: string) => void): void {
    this.outputListeners.push(listener);
  }

  onExit(listener: (reason: string, clean: boolean) => void): void {
    const { end } = this;
    if (end) queueMicrotask(() => listener(end.reason, end.clean));
    else this.exitListeners.push(listener);
  }

  protected get hasEnded(): boolean {
    return this.end !== undefined;
  }

  /** Tells a line of its output. */
  protected wrote(line: string): void {
    for (const listener of this.outputListeners) listener(line);
  }

  /** Tells its end; only the first is heard. */
  protected ended(reason: string, clean: boolean): void {
    if (this.end) return;
    this.end = { reason, clean };
    for (const listener of this.exitListeners) listener(reason, clean);
  }
}
