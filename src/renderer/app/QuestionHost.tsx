import { useEffect, useState } from 'react';
import { QuestionDialog } from '../ui/QuestionDialog';
import { type Question, useQuestion } from './question-store';

/** Shows the question that is being asked, if any. */
export function QuestionHost() {
  const { question, answer } = useQuestion();
  // Its words stay while the dialog closes.
  const [shown, setShown] = useState<Question | null>(question);
  useEffect(() => {
    if (question) setShown(question);
  }, [question]);
  const words = question ?? shown;
  if (!words) return null;
  return (
    <QuestionDialog
      open={question !== null}
      title={words.title}
      description={words.description}
      answers={words.answers}
      onAnswer={answer}
    />
  );
}
