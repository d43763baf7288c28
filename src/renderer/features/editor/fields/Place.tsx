import { type FocusEvent, type ReactNode, useEffect } from 'react';
import { create } from 'zustand';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { documentActions } from '../../../app/document-store';

/** How many fields on the screen show each place of the document. */
const useShownPlaces = create<{ counts: ReadonlyMap<string, number> }>(() => ({ counts: new Map() }));

function count(place: string, by: 1 | -1): void {
  useShownPlaces.setState(({ counts }) => {
    const next = new Map(counts);
    const now = (next.get(place) ?? 0) + by;
    if (now > 0) next.set(place, now);
    else next.delete(place);
    return { counts: next };
  });
}

/** Whether some field shows a place, and with it its problems. */
export function useIsShown(): (place: string) => boolean {
  const counts = useShownPlaces((state) => state.counts);
  return (place) => counts.has(place);
}

/** What is around the field of a place: problems lead to it, and are shown once the focus has been there. */
export function Place({ path, className, children }: { path: DocumentPath; className?: string; children: ReactNode }) {
  const place = formatPath(path);
  useEffect(() => {
    count(place, 1);
    return () => count(place, -1);
  }, [place]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus of the fields in it
    <div data-place={place} className={className} onBlur={(event) => isLeft(event) && documentActions.touch(place)}>
      {children}
    </div>
  );
}

/** Whether the focus goes elsewhere: not within, and not away with the whole window, from where it comes back. */
function isLeft({ currentTarget, target, relatedTarget }: FocusEvent): boolean {
  return !currentTarget.contains(relatedTarget) && document.activeElement !== target;
}

const FOCUSABLE = 'input:not([type="hidden"]):not([tabindex="-1"]), textarea, .cm-content, button, [tabindex="0"]';

/** The element of the field that shows a place, or the nearest place around it. */
export function fieldElement(root: ParentNode, place: string): HTMLElement | null {
  let nearest: HTMLElement | null = null;
  let length = -1;
  for (const element of root.querySelectorAll<HTMLElement>('[data-place]')) {
    const own = element.dataset.place ?? '';
    const isNear = place === own || (place.startsWith(own) && /^[.[]/.test(place.slice(own.length)));
    if (!isNear || own.length <= length) continue;
    nearest = element;
    length = own.length;
  }
  return nearest;
}

/** Gives the focus to a field: to its first control. */
export function focusField(field: HTMLElement): void {
  const control = field.querySelector<HTMLElement>(FOCUSABLE);
  field.scrollIntoView({ block: 'nearest' });
  control?.focus();
}
