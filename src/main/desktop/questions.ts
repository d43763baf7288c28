import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';

/** What the user is asked in dialogs of the system. Every answer has a name; Escape is the one that changes nothing. */

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';
export type RunningAnswer = 'stop' | 'keep';
export type CrashAnswer = 'reload' | 'quit';

/** What to do with changes that closing would lose. */
export function askUnsaved(window: BrowserWindow | null, documentName: string): Promise<UnsavedAnswer> {
  return ask(window, {
    type: 'warning',
    message: `Save the changes to “${documentName}”?`,
    detail: 'Your changes will be lost if you do not save them.',
    answers: [
      ['save', 'Save'],
      ['discard', 'Don’t save'],
      ['cancel', 'Cancel'],
    ],
    onEscape: 'cancel',
  });
}

/** Whether to quit while a run is on. */
export function askRunning(window: BrowserWindow | null): Promise<RunningAnswer> {
  return ask(window, {
    type: 'warning',
    message: 'A run is in progress. Stop it and quit?',
    detail: 'Nodes finish what they are doing, and everything measured so far is kept.',
    answers: [
      ['stop', 'Stop run and quit'],
      ['keep', 'Keep running'],
    ],
    onEscape: 'keep',
  });
}

/** Whether to write over a file that is there already. */
export async function askReplace(window: BrowserWindow | null, fileName: string): Promise<boolean> {
  const answer = await ask(window, {
    type: 'warning',
    message: `“${fileName}” already exists. Replace it?`,
    detail: 'Its current content will be lost.',
    answers: [
      ['replace', 'Replace'],
      ['cancel', 'Cancel'],
    ],
    onEscape: 'cancel',
  });
  return answer === 'replace';
}

/** What to do about a page that has crashed or does not answer. */
export function askAfterCrash(window: BrowserWindow | null, message: string): Promise<CrashAnswer> {
  return ask(window, {
    type: 'error',
    message,
    detail: 'A run in progress continues and is kept. After reloading, you can restore unsaved changes to the scenario.',
    answers: [
      ['reload', 'Reload'],
      ['quit', 'Quit'],
    ],
    onEscape: 'reload',
  });
}

interface Question<Answer extends string> {
  type: MessageBoxOptions['type'];
  message: string;
  detail: string;
  /** Answers with their buttons; the first is the one that Enter gives. */
  answers: readonly (readonly [Answer, string])[];
  onEscape: Answer;
}

async function ask<Answer extends string>(window: BrowserWindow | null, question: Question<Answer>): Promise<Answer> {
  const options: MessageBoxOptions = {
    type: question.type,
    title: 'Nodeswarm',
    message: question.message,
    detail: question.detail,
    buttons: question.answers.map(([, button]) => button),
    defaultId: 0,
    cancelId: question.answers.findIndex(([answer]) => answer === question.onEscape),
    noLink: true,
  };
  const { response } = window ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options);
  return question.answers[response]?.[0] ?? question.onEscape;
}
