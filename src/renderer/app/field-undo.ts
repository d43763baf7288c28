/** Whose undo a key press is: the text field's own while something typed in it can be taken back, else the document's. */
export type UndoOwner = 'field' | 'document';

export interface FieldTyping {
  /** The field's text when it got the focus. */
  atFocus: string;
  now: string;
  /** The field's own undo was used since something was typed. */
  undone: boolean;
}

/** `typing` null: the focus is in no text field. */
export function undoOwner(direction: 'undo' | 'redo', typing: FieldTyping | null): UndoOwner {
  if (!typing) return 'document';
  if (direction === 'redo') return typing.undone ? 'field' : 'document';
  return typing.now === typing.atFocus ? 'document' : 'field';
}

type TextInput = HTMLInputElement | HTMLTextAreaElement;

/** Watches what is typed into the focused text field. Returns how to ask, and what ends the watching. */
export function watchFieldTyping(page: Document): { current(): FieldTyping | null; end(): void } {
  let field: TextInput | null = null;
  let atFocus = '';
  let undone = false;

  const onFocus = ({ target }: FocusEvent) => {
    field = isTextInput(target) ? target : null;
    atFocus = field?.value ?? '';
    undone = false;
  };
  const onInput = (event: Event) => {
    if (event.target !== field || !(event instanceof InputEvent)) return;
    if (event.inputType === 'historyUndo') undone = true;
    else if (event.inputType !== 'historyRedo') undone = false;
  };
  const onBlur = () => {
    field = null;
  };
  page.addEventListener('focusin', onFocus);
  page.addEventListener('input', onInput, true);
  page.addEventListener('focusout', onBlur);
  return {
    current: () => (field ? { atFocus, now: field.value, undone } : null),
    end() {
      page.removeEventListener('focusin', onFocus);
      page.removeEventListener('input', onInput, true);
      page.removeEventListener('focusout', onBlur);
    },
  };
}

const TEXT_TYPES = new Set(['text', 'search', 'url', 'password', 'email', 'tel', 'number']);

function isTextInput(target: EventTarget | null): target is TextInput {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXT_TYPES.has(target.type));
}
