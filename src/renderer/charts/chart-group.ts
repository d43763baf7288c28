import type { TimeRange } from './time-column';

/** A chart of a group. */
export interface ChartMember {
  /** Draws anew what the data, the range or the size have changed. */
  draw(): void;
  /** The cursor is elsewhere; null: nowhere. Second since the start. */
  showCursor(second: number | null): void;
  /** A stretch is being selected; null: none. */
  showSelection(selection: TimeRange | null): void;
}

/** What a view around the charts shows; a new object with every change. */
export interface ChartGroupState {
  /** What the user zoomed to; null: everything (or what is followed). */
  zoom: TimeRange | null;
  /** Show only the last seconds as time goes on; null: all. */
  followSeconds: number | null;
}

/** Draws longer than this in one frame wait for the next one. */
const FRAME_BUDGET_MS = 10;

/**
 * Charts with one time axis, one cursor and one zoom. Nothing is drawn but in an animation frame, once for everything that changed, however
 * often it changed; what takes too long for one frame goes on in the next.
 */
export class ChartGroup {
  private readonly members = new Set<ChartMember>();
  private readonly waiting = new Set<ChartMember>();
  private readonly listeners = new Set<() => void>();
  private frame = 0;
  private overlayDue = false;
  private current: ChartGroupState;
  private whole: TimeRange = { from: 0, to: 60 };
  private cursorSecond: number | null = null;
  private selected: TimeRange | null = null;
  /** Where data end, for following. */
  private dataEnd = 0;

  /** `zoom`: what is shown at first, in whole seconds; null: everything. */
  constructor(zoom: TimeRange | null = null) {
    this.current = { zoom, followSeconds: null };
  }

  add(member: ChartMember): () => void {
    this.members.add(member);
    this.waiting.add(member);
    this.schedule();
    return () => {
      this.members.delete(member);
      this.waiting.delete(member);
      if (this.members.size > 0) return;
      // Nobody points at charts that are gone.
      this.cursorSecond = null;
      this.selected = null;
    };
  }

  /** For views: called after zoom or following have changed. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): ChartGroupState => this.current;

  /** The stretch that is shown. */
  get range(): TimeRange {
    const { zoom, followSeconds } = this.current;
    if (zoom) return zoom;
    if (followSeconds === null) return this.whole;
    const to = Math.max(this.dataEnd, followSeconds);
    return { from: to - followSeconds, to };
  }

  /** The part of it that has data: where keys lead. */
  get dataRange(): TimeRange {
    const { from, to } = this.range;
    return { from, to: Math.max(from + 1, Math.min(to, this.dataEnd)) };
  }

  get cursor(): number | null {
    return this.cursorSecond;
  }

  get selection(): TimeRange | null {
    return this.selected;
  }

  /** There are new data: up to `dataEnd`, on an axis over `whole`. */
  setData(whole: TimeRange, dataEnd: number): void {
    this.whole = whole;
    this.dataEnd = dataEnd;
    this.invalidate();
  }

  /** Everything is drawn anew in the next frame. */
  invalidate(): void {
    for (const member of this.members) this.waiting.add(member);
    this.schedule();
  }

  /** One chart is drawn anew in the next frame. */
  invalidateOne(member: ChartMember): void {
    if (!this.members.has(member)) return;
    this.waiting.add(member);
    this.schedule();
  }

  /** Moves the cursor of all charts to a second (null: away). It stays within what is shown. */
  setCursor(second: number | null): void {
    const { from, to } = this.range;
    const next =
      second === null ? null : Math.min(Math.max(from, Math.ceil(to) - 1), Math.max(Math.floor(from), Math.floor(second)));
    if (next === this.cursorSecond) return;
    this.cursorSecond = next;
    this.overlayDue = true;
    this.schedule();
  }

  /** Marks a stretch that is being selected. */
  select(selection: TimeRange | null): void {
    this.selected = selection;
    this.overlayDue = true;
    this.schedule();
  }

  /** Shows only a stretch (whole seconds, at least 2); null: everything. */
  zoomTo(range: TimeRange | null): void {
    this.selected = null;
    this.cursorSecond = range ? this.cursorSecond : null;
    this.change({ ...this.current, zoom: range && wholeSeconds(range, this.whole) });
  }

  follow(followSeconds: number | null): void {
    this.change({ zoom: null, followSeconds });
  }

  private change(next: ChartGroupState): void {
    this.current = next;
    this.overlayDue = true;
    this.invalidate();
    for (const listener of this.listeners) listener();
  }

  private schedule(): void {
    if (this.frame === 0 && this.members.size > 0) this.frame = requestAnimationFrame(this.drawFrame);
  }

  private readonly drawFrame = (): void => {
    this.frame = 0;
    const deadline = performance.now() + FRAME_BUDGET_MS;
    for (const member of this.waiting) {
      this.waiting.delete(member);
      member.draw();
      // What is drawn anew loses nothing of its marks: they lie above it and may have to move with it.
      member.showCursor(this.cursorSecond);
      member.showSelection(this.selected);
      if (performance.now() > deadline) break;
    }
    if (this.overlayDue) {
      this.overlayDue = false;
      for (const member of this.members) {
        member.showCursor(this.cursorSecond);
        member.showSelection(this.selected);
      }
    }
    if (this.waiting.size > 0) this.schedule();
  };
}

function wholeSeconds({ from, to }: TimeRange, whole: TimeRange): TimeRange {
  const start = Math.max(Math.floor(whole.from), Math.floor(Math.min(from, to)));
  const end = Math.min(Math.ceil(whole.to), Math.ceil(Math.max(from, to)));
  return end - start >= 2 ? { from: start, to: end } : { from: start, to: start + 2 };
}
