import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete';
import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { type EditorView, showTooltip, type Tooltip } from '@codemirror/view';
import { completePlaceholder, type PlaceholderOption, signatureAt } from '../model/placeholder-completion';

/** Offers what can stand in a placeholder once `{{` is written, and shows a generator's parameters while they are filled in. */
export function placeholderCompletion(variables: readonly string[]): Extension {
  return [
    autocompletion({
      override: [(context) => completionsAt(context, variables)],
      icons: false,
      defaultKeymap: true,
    }),
    signatureTooltip,
  ];
}

function completionsAt(context: CompletionContext, variables: readonly string[]): CompletionResult | null {
  const found = completePlaceholder(context.state.doc.toString(), context.pos, variables);
  if (!found) return null;
  return { from: found.from, to: found.to, options: found.options.map(completionOf), validFor: /^[\w.-]*$/ };
}

/** Variables first, then what is about the node, then generators. */
const BOOSTS: Record<PlaceholderOption['kind'], number> = { variable: 30, node: 20, generator: 10, secret: 0 };

function completionOf(option: PlaceholderOption): Completion {
  return {
    label: option.label,
    detail: option.signature,
    info: option.description,
    boost: BOOSTS[option.kind],
    apply(view: EditorView, _completion, from, to) {
      view.dispatch({
        changes: { from, to, insert: option.insert },
        selection: { anchor: from + option.cursor },
        userEvent: 'input.complete',
      });
      if (option.kind === 'secret') startCompletion(view);
    },
  };
}

const signatureTooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update: (tooltip, transaction) => (transaction.docChanged || transaction.selection ? tooltipAt(transaction.state) : tooltip),
  provide: (field) => showTooltip.from(field),
});

function tooltipAt(state: EditorState): Tooltip | null {
  const { main } = state.selection;
  const signature = main.empty ? signatureAt(state.doc.toString(), main.head) : null;
  if (!signature) return null;
  return {
    pos: main.head,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-signature';
      dom.append(Object.assign(document.createElement('code'), { textContent: signature.text }));
      dom.append(Object.assign(document.createElement('span'), { textContent: signature.description }));
      return { dom };
    },
  };
}
