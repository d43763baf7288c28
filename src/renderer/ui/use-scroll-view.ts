import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** How far an element is scrolled and how much of it is seen. */
export function useScrollView(scroller: RefObject<HTMLElement | null>) {
  const [view, setView] = useState({ scrollTop: 0, height: 800 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setView({ scrollTop: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element) setView((before) => ({ ...before, scrollTop: element.scrollTop }));
  }, [scroller]);
  return { ...view, onScroll };
}
