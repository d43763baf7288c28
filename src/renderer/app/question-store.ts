import { create } from 'zustand';
import type { Answer } from '../ui/QuestionDialog';

export interface Question<Id extends string = string> {
  title: string;
  /** What follows from each answer. */
  description: string;
  /** The one to be expected last. */
  answers: readonly Answer<Id>[];
}

interface QuestionState {
  question: Question | null;
  answer(id: string | null): void;
}

/** The question that is being asked; `QuestionHost` shows it. */
export const useQuestion = create<QuestionState>(() => ({ question: null, answer: () => {} }));

/** Asks the user; resolves to the id of the answer, or null when the question was left without one. One question at a time. */
export function ask<Id extends string>(question: Question<Id>): Promise<Id | null> {
  useQuestion.getState().answer(null);
  return new Promise((resolve) => {
    useQuestion.setState({
      question,
      answer: (id) => {
        useQuestion.setState({ question: null, answer: () => {} });
        resolve(question.answers.find((answer) => answer.id === id)?.id ?? null);
      },
    });
  });
}
