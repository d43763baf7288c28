/** Reads colours of the style sheet, so that light and dark are decided in one place. */
export class ChartTheme {
  private readonly style: CSSStyleDeclaration;
  private readonly known = new Map<string, string>();

  constructor(element: Element = document.body) {
    this.style = getComputedStyle(element);
  }

  /** The colour behind `var(--name)`; any other CSS colour as it is. */
  color(color: string): string {
    const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
    if (!name) return color;
    let value = this.known.get(name);
    if (value === undefined) {
      value = this.style.getPropertyValue(name).trim() || '#808080';
      this.known.set(name, value);
    }
    return value;
  }

  /** The same colour, see-through. `alpha` from 0 to 1. */
  soft(color: string, alpha: number): string {
    const solid = this.color(color);
    return /^#[0-9a-f]{6}$/i.test(solid)
      ? `${solid}${hexByte(alpha)}`
      : `color-mix(in srgb, ${solid} ${alpha * 100}%, transparent)`;
  }

  get font(): string {
    return this.style.fontFamily;
  }
}

function hexByte(alpha: number): string {
  return Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0');
}

/** Calls when the colours of the page change: another theme, or the system's. Returns what ends it. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', listener);
  };
}
