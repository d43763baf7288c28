import { ACTION_LIST, type ActionDescription, type ActionId } from '../../shared/api/action-list';
import { placeWords } from '../../shared/scenario/place-words';
import { plural } from '../ui/format';
import type { DemoCommands } from './demo-commands';
import type { DocumentFiles } from './document-files';
import { type DocumentState, documentActions, redoLabel, undoLabel, useDocument } from './document-store';
import type { RunCommands } from './run-commands';
import type { RunState } from './run-store';
import { type UndoOffer, undoOfferNow } from './undo-offer';
import type { viewActions } from './view-store';

/** What decides whether an action can be done now. */
export interface ActionState {
  document: Pick<DocumentState, 'open' | 'document' | 'problems' | 'history'>;
  run: Pick<RunState, 'running' | 'stopping'>;
  online: boolean;
  hasRecent: boolean;
  demoUrl: string | null;
  /** What can be taken back here instead of an edit of the document. */
  undoOffer: UndoOffer | null;
}

/** What actions are carried out with. */
export interface ActionServices {
  files: DocumentFiles;
  runs: RunCommands;
  demo: DemoCommands;
  views: typeof viewActions;
}

/** One thing to do, for palette, shortcuts, buttons and the desktop's menu alike. */
export interface Action extends ActionDescription {
  id: ActionId;
  /** The label as things are now: “Undo change path”, “Stop now”. */
  labelNow(state: ActionState): string;
  /** null: it can be done. Otherwise why not, as a sentence. */
  hindrance(state: ActionState): string | null;
  /** What it leads to first, as a sentence; null: it does what its label says. */
  detour(state: ActionState): string | null;
  run(services: ActionServices): unknown;
}

interface Behaviour {
  run(services: ActionServices): unknown;
  hindrance?(state: ActionState): string | null;
  detour?(state: ActionState): string | null;
  label?(state: ActionState): string | null;
}

const needsDocument = ({ document }: ActionState) =>
  document.open ? null : 'No scenario is open. Open one, or create a new one.';
const needsServer = ({ online }: ActionState) => (online ? null : 'The server cannot be reached. Try again once it is back.');
const needsRun = ({ run }: ActionState) => (run.running ? null : 'No run is in progress.');

/** Why a run cannot be started, whatever the scenario is like; null when it can. */
function startHindrance(state: ActionState): string | null {
  return needsServer(state) ?? needsDocument(state) ?? (state.run.running ? 'A run is in progress. Stop it first.' : null);
}

/** What keeps the scenario from running; null when nothing does. */
function startDetour({ document: { document, problems } }: ActionState): string | null {
  if (problems.length === 0) return null;
  const named = problems.slice(0, NAMED_PROBLEMS).map(({ path, message }) => {
    const place = placeWords(document, path);
    return place === '' ? message : `${message} (${place})`;
  });
  const others = problems.length - named.length;
  if (others > 0) named.push(`and ${plural(others, 'more problem')}`);
  return `The scenario cannot run yet: ${named.join('; ')}.`;
}

/** As many as a tooltip can hold; the list beside the button has all. */
const NAMED_PROBLEMS = 3;

/** Shows all problems from now on, and goes to the first; false when there is none. */
function leadsToProblem(views: ActionServices['views']): boolean {
  const [first] = useDocument.getState().problems;
  if (!first) return false;
  documentActions.touchAll();
  views.reveal(first.path);
  return true;
}

const BEHAVIOUR: Record<ActionId, Behaviour> = {
  'document.new': { run: ({ files }) => files.create() },
  'document.open': { run: ({ files }) => files.open() },
  'document.save': { run: ({ files }) => files.save(), hindrance: needsDocument },
  'document.saveAs': { run: ({ files }) => files.save({ asNew: true }), hindrance: needsDocument },
  'document.forgetRecent': {
    run: ({ files }) => files.forgetRecent(),
    hindrance: (state) => (state.hasRecent ? needsServer(state) : 'There are no recent files.'),
  },
  'edit.undo': {
    run: () => {
      const offer = undoOfferNow();
      if (offer) offer.run();
      else documentActions.undo();
    },
    hindrance: ({ document, undoOffer }) => (undoOffer || document.history.past.length > 0 ? null : 'There is nothing to undo.'),
    label: ({ document, undoOffer }) => undoOffer?.label ?? undoLabel(document),
  },
  'edit.redo': {
    run: () => documentActions.redo(),
    hindrance: ({ document }) => (document.history.future.length > 0 ? null : 'There is nothing to redo.'),
    label: ({ document }) => redoLabel(document),
  },
  'palette.show': { run: ({ views }) => views.setPaletteOpen(true) },
  'view.welcome': { run: ({ views }) => views.show({ name: 'welcome' }) },
  'view.editor': { run: ({ views }) => views.show({ name: 'editor' }) },
  'view.live': { run: ({ views }) => views.show({ name: 'live', runId: 'current' }) },
  'view.history': { run: ({ views }) => views.show({ name: 'history' }) },
  'view.compare': { run: ({ views }) => views.show({ name: 'compare', runIds: [] }) },
  'view.settings': { run: ({ views }) => views.show({ name: 'settings' }) },
  'run.start': {
    run: ({ runs, views }) => leadsToProblem(views) || runs.start(),
    hindrance: startHindrance,
    detour: startDetour,
  },
  'run.startWithOptions': {
    run: ({ views }) => leadsToProblem(views) || views.setStartDialogOpen(true),
    hindrance: startHindrance,
    detour: startDetour,
  },
  'run.stop': {
    run: ({ runs }) => runs.stop(),
    hindrance: (state) => needsRun(state) ?? needsServer(state),
    label: ({ run }) => (run.stopping ? 'Stop now' : null),
  },
  'run.edit': {
    run: ({ views }) => views.setRunEditOpen(true),
    hindrance: (state) => needsRun(state) ?? needsServer(state) ?? (state.run.stopping ? 'The run is stopping.' : null),
  },
  'run.resetStatistics': {
    run: ({ runs }) => runs.resetStatistics(),
    hindrance: (state) => needsRun(state) ?? needsServer(state),
  },
  'demo.start': { run: ({ demo }) => demo.tryIt(), hindrance: needsServer },
  'demo.stop': {
    run: ({ demo }) => demo.stop(),
    hindrance: ({ demoUrl }) => (demoUrl === null ? 'The demo backend is not running.' : null),
  },
  'help.shortcuts': { run: ({ views }) => views.setShortcutsOpen(true) },
};

/** All actions, in the order of the menus. */
export const ACTIONS: readonly Action[] = ACTION_LIST.map((description) => {
  const behaviour = BEHAVIOUR[description.id];
  return {
    ...description,
    labelNow: (state) => behaviour.label?.(state) ?? description.label,
    hindrance: (state) => behaviour.hindrance?.(state) ?? null,
    detour: (state) => behaviour.detour?.(state) ?? null,
    run: behaviour.run,
  };
});

/** The action of an id; null for ids of other versions. */
export function findAction(id: string): Action | null {
  return ACTIONS.find((action) => action.id === id) ?? null;
}
