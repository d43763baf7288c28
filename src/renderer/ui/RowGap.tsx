/** Stands for rows that are out of view. */
export function RowGap({ height }: { height: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it is no row that anyone could reach
  return height > 0 && <tr aria-hidden="true" style={{ height }} />;
}
