import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether something of what an element scrolls lies beyond its right edge: where scroll bars are not drawn, nothing else says so. */
export function useCutEnd(scroller: RefObject<HTMLElement | null>): boolean {
  const [isCut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // A fraction of a pixel is not missed.
    const look = () => setCut(element.scrollWidth - element.clientWidth - element.scrollLeft > 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return isCut;
}
