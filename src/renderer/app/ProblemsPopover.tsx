import { CircleDashed, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { placeWords } from '../../shared/scenario/place-words';
import type { ScenarioProblem } from '../../shared/scenario/problem';
import { Button } from '../ui/Button';
import { plural } from '../ui/format';
import { Popover } from '../ui/Popover';
import { problemSentence, useDocument } from './document-store';
import styles from './ProblemsPopover.module.css';
import { viewActions } from './view-store';

/** What keeps the scenario from running, and what is doubtful in it; each leads to its place in the editor. */
export function ProblemsPopover() {
  const problems = useDocument((state) => state.problems);
  const warnings = useDocument((state) => state.warnings);
  const untouched = useDocument((state) => state.untouched);
  const [open, setOpen] = useState(false);
  if (problems.length === 0 && warnings.length === 0) return null;
  const isBad = problems.length > 0;
  const isMissing = isBad && problems.every(({ path }) => untouched.has(path));
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title={isBad ? 'Before it can run' : 'Worth a look'}
      trigger={
        isMissing ? (
          <Button variant="ghost" icon={<CircleDashed />}>
            {plural(problems.length, 'thing')} missing
          </Button>
        ) : (
          <Button variant="ghost" className={isBad ? styles.bad : styles.warn} icon={<TriangleAlert />}>
            {isBad ? plural(problems.length, 'problem') : plural(warnings.length, 'warning')}
          </Button>
        )
      }
    >
      <ul className={styles.list}>
        {(isBad ? problems : warnings).map((problem) => (
          <li key={`${problem.path} ${problem.message}`}>
            <ProblemButton problem={problem} onFollow={() => setOpen(false)} />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function ProblemButton({ problem, onFollow }: { problem: ScenarioProblem; onFollow(): void }) {
  const document = useDocument((state) => state.document);
  const follow = () => {
    onFollow();
    viewActions.reveal(problem.path);
  };
  return (
    <button type="button" className={styles.problem} onClick={follow}>
      <span>{problemSentence(problem)}</span>
      {problem.path !== '' && <span className={styles.place}>{placeWords(document, problem.path)}</span>}
    </button>
  );
}
