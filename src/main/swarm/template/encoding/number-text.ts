import { TaskException } from '../task-exception';

/** Text of n thousandths behind the decimal point: "", ".001", … ".999". */
const THOUSANDTHS = Array.from({ length: 1000 }, (_, thousandths) => `${thousandths / 1000}`.slice(1));
/** Below it a number times 1000 is exact enough for the comparison to tell whether it has at most three decimals. */
const SHORT_LIMIT = 1e9;

/**
 * The shortest text that reads back as the same number, as ECMAScript writes it. `label`: the placeholder, for the message.
 * Throws `TaskException` for what is not finite.
 *
 * Numbers of up to three decimals, which sensors mostly send, are put together from whole numbers: writing a fraction costs the
 * JavaScript engine several times as much. The text is the same, because decimals of up to 15 digits are told apart by their doubles.
 */
export function numberText(value: number, label: string): string {
  if (!Number.isFinite(value)) throw new TaskException(`${label} is not a finite number`);
  if (Number.isInteger(value)) return `${value}`;
  const size = Math.abs(value);
  if (size < SHORT_LIMIT) {
    const thousandths = Math.round(size * 1000);
    if (thousandths / 1000 === size) {
      const whole = Math.floor(thousandths / 1000);
      const text = whole + (THOUSANDTHS[thousandths - whole * 1000] as string);
      return value < 0 ? `-${text}` : text;
    }
  }
  return `${value}`;
}
