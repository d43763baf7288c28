import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

/** A menu has given the focus back by then, or lost it with its line. */
const AFTER_MENU_MS = 120;

/**
 * Lets the focus go with the chosen line while it is in the tree; also when the line that had it was deleted, and the page has taken it.
 */
export function useTreeFocus(
  treeRef: RefObject<HTMLElement | null>,
  chosenId: string,
  isPaused: boolean,
): { onFocus(): void; onBlur(event: FocusEvent): void } {
  const isInTree = useRef(false);

  useEffect(() => {
    if (isPaused) return;
    const follow = () => {
      const tree = treeRef.current;
      const focused = document.activeElement;
      const isLost = focused === null || focused === document.body;
      if (!tree || !isInTree.current || !(isLost || isLineOf(tree, focused))) return;
      tree.querySelector<HTMLElement>(`[data-id="${CSS.escape(chosenId)}"]`)?.focus();
    };
    follow();
    const timer = setTimeout(follow, AFTER_MENU_MS);
    return () => clearTimeout(timer);
  }, [treeRef, chosenId, isPaused]);

  return {
    onFocus() {
      isInTree.current = true;
    },
    // What is removed loses the focus to nothing: that is no leaving.
    onBlur({ relatedTarget }) {
      if (relatedTarget instanceof Node && !treeRef.current?.contains(relatedTarget)) isInTree.current = false;
    },
  };
}

function isLineOf(tree: HTMLElement, element: Element): boolean {
  return tree.contains(element) && element.getAttribute('role') === 'treeitem';
}
