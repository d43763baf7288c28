import { type RefObject, useEffect } from 'react';
import { editorActions, useEditor } from './editor-store';
import { fieldElement, focusField } from './fields/Place';

/** A menu gives the focus back to its button while it closes; the field comes after that. */
const DELAY_MS = 60;

let lastServed = 0;

/** Gives the focus to the field that was asked for, once the form of its line is there; folded sections around it are opened. */
export function useFocusRequest(rootRef: RefObject<HTMLElement | null>): void {
  const request = useEditor((state) => state.focusRequest);
  useEffect(() => {
    if (!request || request.serial === lastServed) return;
    const timer = setTimeout(() => {
      lastServed = request.serial;
      const field = rootRef.current && fieldElement(rootRef.current, request.path);
      if (!field) return;
      const section = field.closest<HTMLElement>('[data-section]')?.dataset.section;
      if (section) editorActions.setSection(section, true);
      requestAnimationFrame(() => focusField(field));
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [request, rootRef]);
}
