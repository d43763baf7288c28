import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension, Prec, Transaction } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder as placeholderText, tooltips } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorTheme } from './editor-theme';
import { jsonTemplateLanguage } from './json-template';

export interface CodeEditorProps {
  value: string;
  onChange(value: string): void;
  /** Ids of what names and describes it, for assistive technology. */
  labelledBy?: string;
  label?: string;
  describedBy?: string;
  invalid?: boolean;
  readOnly?: boolean;
  /** One line: Enter does nothing, line breaks that are pasted become spaces. */
  singleLine?: boolean;
  /** jsonTemplate: JSON with placeholders in it. */
  language?: 'json' | 'jsonTemplate' | 'text';
  lineNumbers?: boolean;
  placeholder?: string;
  /** Marks in the text. */
  diagnostics?: readonly Diagnostic[];
  /** Further extensions; keep the value stable. */
  extensions?: Extension;
  className?: string;
}

const NO_EXTENSIONS: Extension = [];
const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/**
 * A CodeMirror editor as a controlled field. It has no history of its own: undo is the document's. In the lines of a longer text Tab
 * indents, and Escape then Tab leaves; from a single line Tab leaves as from any field.
 */
export function CodeEditor(props: CodeEditorProps) {
  const {
    value,
    onChange,
    singleLine = false,
    language = 'text',
    extensions = NO_EXTENSIONS,
    diagnostics = NO_DIAGNOSTICS,
  } = props;
  const hostRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<EditorView>(null);
  const onChangeRef = useRef(onChange);
  onChangeRef.current = onChange;
  const initialValue = useRef(value);
  const compartments = useRef({
    attributes: new Compartment(),
    extensions: new Compartment(),
    language: new Compartment(),
    readOnly: new Compartment(),
  });
  const withNumbers = props.lineNumbers ?? false;

  useEffect(() => {
    const host = hostRef.current;
    if (!host) return;
    const { attributes, extensions: further, language: syntax, readOnly } = compartments.current;
    const view = new EditorView({
      parent: host,
      state: EditorState.create({
        doc: initialValue.current,
        extensions: [
          singleLine ? oneLine : severalLines,
          further.of(NO_EXTENSIONS),
          attributes.of(NO_EXTENSIONS),
          syntax.of(NO_EXTENSIONS),
          readOnly.of(NO_EXTENSIONS),
          editorTheme,
          drawSelection(),
          tooltips({ parent: document.body }),
          withNumbers ? lineNumbers() : NO_EXTENSIONS,
          EditorView.updateListener.of((update) => {
            const isOwn = update.transactions.some((transaction) => transaction.annotation(Transaction.remote));
            if (update.docChanged && !isOwn) onChangeRef.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    viewRef.current = view;
    return () => {
      viewRef.current = null;
      view.destroy();
    };
  }, [singleLine, withNumbers]);

  useReconfigured(viewRef, compartments.current.extensions, extensions);
  useReconfigured(viewRef, compartments.current.language, LANGUAGES[language]);
  useReconfigured(viewRef, compartments.current.readOnly, props.readOnly ? READ_ONLY : NO_EXTENSIONS);
  useAttributes(viewRef, compartments.current.attributes, props);

  useEffect(() => {
    const view = viewRef.current;
    const shown = view?.state.doc.toString();
    if (!view || shown === undefined || shown === value) return;
    view.dispatch({ changes: difference(shown, value), annotations: Transaction.remote.of(true) });
  }, [value]);

  useEffect(() => {
    const view = viewRef.current;
    if (!view) return;
    const { length } = view.state.doc;
    const inside = diagnostics.map((mark) => ({ ...mark, from: Math.min(mark.from, length), to: Math.min(mark.to, length) }));
    view.dispatch(setDiagnostics(view.state, inside));
  }, [diagnostics]);

  return <div ref={hostRef} className={props.className} />;
}

const LANGUAGES: Record<NonNullable<CodeEditorProps['language']>, Extension> = {
  json: [json(), indentOnInput(), bracketMatching()],
  jsonTemplate: [jsonTemplateLanguage, bracketMatching()],
  text: NO_EXTENSIONS,
};
const READ_ONLY: Extension = [EditorState.readOnly.of(true)];

const oneLine: Extension = [
  keymap.of([{ key: 'Enter', run: () => true }, ...defaultKeymap]),
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
    const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
    return [{ changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor: text.length } }];
  }),
];

/** After Escape, Tab leaves the editor for so long, or until another key. */
const LEAVE_MS = 10_000;

/** Before all other keys: Escape may also close a list of completions. */
const escapeThenTab: Extension = Prec.highest(
  keymap.of([
    {
      key: 'Escape',
      run(view) {
        view.setTabFocusMode(LEAVE_MS);
        return false;
      },
    },
  ]),
);

const severalLines: Extension = [
  escapeThenTab,
  keymap.of([indentWithTab, ...defaultKeymap]),
  indentUnit.of('  '),
  EditorView.lineWrapping,
];

function useReconfigured(viewRef: { current: EditorView | null }, compartment: Compartment, extension: Extension): void {
  useEffect(() => {
    viewRef.current?.dispatch({ effects: compartment.reconfigure(extension) });
  }, [viewRef, compartment, extension]);
}

function useAttributes(viewRef: { current: EditorView | null }, compartment: Compartment, props: CodeEditorProps): void {
  const { label, labelledBy, describedBy, invalid, placeholder, singleLine } = props;
  useEffect(() => {
    const attributes: Record<string, string> = {
      tabindex: '0',
      'aria-invalid': String(invalid ?? false),
      'aria-multiline': String(!singleLine),
    };
    if (label) attributes['aria-label'] = label;
    if (labelledBy) attributes['aria-labelledby'] = labelledBy;
    if (describedBy) attributes['aria-describedby'] = describedBy;
    const extension = [EditorView.contentAttributes.of(attributes), placeholder ? placeholderText(placeholder) : NO_EXTENSIONS];
    viewRef.current?.dispatch({ effects: compartment.reconfigure(extension) });
  }, [viewRef, compartment, label, labelledBy, describedBy, invalid, placeholder, singleLine]);
}

/** The smallest single change that makes one text of another, so that the cursor stays where it is. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
