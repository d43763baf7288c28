import { useState } from 'react';

/**
 * A text field whose text is not the value itself but stands for it: what is being typed stays as it is typed (`1.`, `"a`) while the
 * document holds what it stands for; it is written anew once the field is left, or when the value is changed elsewhere.
 */
export function useTyping(
  written: string,
  put: (text: string) => void,
  standsForValue: (text: string) => boolean,
): { value: string; onChange(text: string): void; onBlur(): void } {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    value: typed !== null && standsForValue(typed) ? typed : written,
    onChange(text) {
      setTyped(text);
      put(text);
    },
    onBlur: () => setTyped(null),
  };
}
