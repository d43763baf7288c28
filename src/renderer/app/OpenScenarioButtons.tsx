import { FilePlus2, FolderOpen } from 'lucide-react';
import { Button } from '../ui/Button';
import { useServices } from './services-context';
import { viewActions } from './view-store';

/** The ways to a scenario, for views that are empty without one. */
export function OpenScenarioButtons() {
  const { files } = useServices();
  return (
    <>
      <Button onClick={() => viewActions.show({ name: 'welcome' })}>Show samples</Button>
      <Button icon={<FolderOpen />} onClick={() => void files.open()}>
        Open…
      </Button>
      <Button variant="primary" icon={<FilePlus2 />} onClick={() => void files.create()}>
        New scenario
      </Button>
    </>
  );
}
