import { MOST_SHOWN, READABLE } from './long-list';
import { SearchSelect } from './SearchSelect';
import { Select, type SelectOption } from './Select';
import select from './Select.module.css';

export interface LongSelectProps<Value extends string> {
  /** Only spoken. */
  label: string;
  /** What the search looks for, in the plural: `series`. */
  what: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange(value: Value): void;
  className?: string;
}

/** One of a few or of thousands: as `Select`, with a search over the options where there are many. */
export function LongSelect<Value extends string>(props: LongSelectProps<Value>) {
  const { label, what, value, options, onChange, className } = props;
  if (options.length <= READABLE) {
    return (
      <Select<Value>
        label={label}
        labelPlace="hidden"
        value={value}
        options={options}
        onChange={onChange}
        className={className}
      />
    );
  }
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <div className={className}>
      <SearchSelect
        label={label}
        what={what}
        items={options}
        value={chosen}
        onChange={(option) => onChange(option.value)}
        keyOf={(option) => option.value}
        textOf={(option) => option.label}
        limit={MOST_SHOWN}
        empty={`None of the ${what} matches.`}
        renderItem={(option) => (
          <span className={select.texts} title={option.label}>
            <span className={select.label}>{option.label}</span>
          </span>
        )}
      >
        <span className={select.value}>{chosen?.label}</span>
      </SearchSelect>
    </div>
  );
}
