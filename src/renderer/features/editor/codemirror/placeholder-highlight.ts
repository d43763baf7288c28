import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { parseTemplate } from '../../../../shared/scenario/placeholder';

const placeholder = Decoration.mark({ class: 'cm-placeholderMark' });
const broken = Decoration.mark({ class: 'cm-placeholderMark cm-brokenPlaceholder' });

/** Marks placeholders, on top of whatever the language colours; those that mean nothing are marked as broken. */
export function placeholderHighlight(variables: readonly string[]) {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = placeholderDecorations(view.state.doc.toString(), variables);
      }

      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = placeholderDecorations(update.state.doc.toString(), variables);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

function placeholderDecorations(text: string, variables: readonly string[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const { parts, problems } = parseTemplate(text, { variables });
  const marks = [
    // A literal ({{"{{"}}) is a text, but was written as a placeholder.
    ...parts
      .filter(({ kind, start }) => kind !== 'text' || text.startsWith('{{', start))
      .map(({ start, end }) => ({ start, end, mark: placeholder })),
    ...problems.map(({ offset, placeholder: written }) => ({ start: offset, end: offset + written.length, mark: broken })),
  ];
  for (const { start, end, mark } of marks.toSorted((a, b) => a.start - b.start)) builder.add(start, end, mark);
  return builder.finish();
}
