/**
 * SVG path of a small line through the values, `width` x `height`, highest value on top, zero (or the lowest value, if that is below) at
 * the bottom. null breaks the line.
 */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const low = Math.min(0, ...known);
  const span = Math.max(...known) - low || 1;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    // One pixel at both edges keeps the stroke inside.
    const y = height - 1 - ((value - low) / span) * (height - 2);
    path += `${pen}${round(index * step)} ${round(y)}`;
    // A lone point is drawn as a dot.
    if (pen === 'M' && (index === values.length - 1 || values[index + 1] === null)) path += 'h0.01';
    pen = 'L';
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
