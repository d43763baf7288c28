/**
 * Hands a value on when it is another one than the last; the first always. For what every drawing tells React: a call with the state that is there
 * already renders nothing, but React keeps it until the component is rendered for another reason, and a chart is drawn every second without that.
 */
export function whenChanged<T>(handOn: (value: T) => void): (value: T) => void {
  let last: T | undefined;
  let isFirst = true;
  return (value) => {
    if (!isFirst && value === last) return;
    isFirst = false;
    last = value;
    handOn(value);
  };
}
