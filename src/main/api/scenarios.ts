import type { z } from 'zod';
import { ApiError } from '../../shared/api/reply';
import { parseScenario } from '../../shared/scenario/parse';
import { scenarioSchema } from '../../shared/scenario/schema';
import { serializeScenario } from '../../shared/scenario/serialize';
import { errorMessage } from '../../shared/text/error-text';
import { type ResolveHost, requirePermission } from '../runs/permission';
import { gatherMaterials } from '../runs/preparation';
import { previewGenerator, previewNodes } from '../swarm/template/preview';
import type { AppMemory } from './app-memory';
import type { ConfirmedHosts } from './confirmed-hosts';
import type { DocumentAccess } from './document-access';
import type { Handlers } from './handlers';
import type { HostFiles } from './host-files';
import { previewRequests } from './preview-requests';
import { readSample } from './samples';
import { readScenario } from './scenario-source';
import { sendOnce } from './send-once';
import { consentFor } from './test-consent';

type ScenarioRoute =
  | 'scenarios.open'
  | 'scenarios.openSample'
  | 'scenarios.openRecent'
  | 'scenarios.keepRecent'
  | 'scenarios.forgetRecent'
  | 'scenarios.save'
  | 'scenarios.autosave'
  | 'scenarios.preview'
  | 'scenarios.previewGenerator'
  | 'scenarios.sendOnce';

export interface ScenarioServices {
  files: HostFiles;
  memory: AppMemory;
  hosts: ConfirmedHosts;
  access: DocumentAccess;
  secret: (name: string) => string | undefined;
  resolveHost: ResolveHost | undefined;
}

/** Routes about scenario documents: their files, and trying out what they would send. */
export class Scenarios {
  /** What ends the requests that are being sent once. */
  private readonly aborts = new Set<() => void>();
  readonly handlers: Handlers<ScenarioRoute>;

  constructor({ files, memory, hosts, access, secret, resolveHost }: ScenarioServices) {
    const noteRecent = async (path: string) => {
      access.note(path);
      files.noteRecent(path);
      await memory.noteRecent(path);
    };
    this.handlers = {
      'scenarios.open': async ({ path }) => {
        const document = await files.open(path);
        if (document && document.path !== null) await noteRecent(document.path);
        return document;
      },
      'scenarios.openSample': async ({ id }) => ({ path: null, text: await readSample(id) }),
      'scenarios.openRecent': async ({ name }) => {
        const recent = (await memory.recentScenarios()).find((scenario) => scenario.name === name);
        if (!recent) throw new ApiError('not-found', `${name} is no longer among the recent scenarios; open its file.`);
        return { path: null, text: recent.text };
      },
      'scenarios.keepRecent': async ({ text }) => {
        await memory.keepRecentScenario(text);
        return null;
      },
      'scenarios.forgetRecent': async () => {
        files.forgetRecent();
        await memory.forgetRecent();
        return null;
      },
      'scenarios.save': async (document) => {
        const saved = await files.save(document);
        if (!saved) return null;
        await noteRecent(saved.path);
        return saved;
      },
      'scenarios.autosave': async ({ path, text }) => {
        await memory.keepUnsaved(path, text);
        return null;
      },
      'scenarios.preview': async ({ text, path, ...rest }) =>
        await previewRequests({ ...rest, scenario: readScenario(text), access: access.of(path), secret }),
      'scenarios.previewGenerator': async ({ generator, path, of, ...options }) => {
        const scenario = scenarioAround(generator);
        const { csv } = await gatherMaterials(scenario, access.of(path), secret);
        try {
          return of === 'each node'
            ? previewNodes(generator, { ...options, csv })
            : previewGenerator(generator, { ...options, csv });
        } catch (error) {
          throw new ApiError('refused', errorMessage(error));
        }
      },
      'scenarios.sendOnce': async ({ text, path, place, host, mayTest: given, allowFiles }) => {
        const scenario = readScenario(text, host);
        const mayTest = await consentFor(scenario, given, hosts);
        await requirePermission(scenario, mayTest, resolveHost);
        let abort: (() => void) | null = null;
        try {
          return await sendOnce({ scenario, access: access.of(path, allowFiles), place, secret, mayTest }, (next) => {
            if (abort) this.aborts.delete(abort);
            abort = next;
            this.aborts.add(next);
          });
        } finally {
          if (abort) this.aborts.delete(abort);
        }
      },
    };
  }

  /** Gives up what is being sent. */
  close(): void {
    for (const abort of this.aborts) abort();
  }
}

/** The smallest scenario with a variable of that generator, so that the same rules are applied and the same files are read. */
function scenarioAround(generator: z.output<typeof scenarioSchema>['nodeTypes'][number]['variables'][number]['generator']) {
  const scenario = scenarioSchema.parse({
    nodeswarm: 1,
    name: 'preview',
    target: { baseUrl: 'http://127.0.0.1' },
    load: { nodes: 1, spawnRate: 1 },
    nodeTypes: [{ name: 'preview', variables: [{ name: 'value', generator }], tasks: [{ name: 'nothing', steps: [] }] }],
  });
  const parsed = parseScenario(serializeScenario(scenario));
  if (parsed.ok) return parsed.scenario;
  const [first] = parsed.problems;
  throw new ApiError('refused', `The generator cannot work: ${first?.message}; expected ${first?.expected}.`, parsed.problems);
}
