import { availableParallelism, platform } from 'node:os';
import { version } from '../../../package.json';
import type { OpenedDocument } from '../../shared/api/types';
import type { AppMemory } from './app-memory';
import type { DocumentAccess } from './document-access';
import type { Emit, Handlers } from './handlers';
import type { HostFiles } from './host-files';
import { listSamples } from './samples';

export interface AppServices {
  files: HostFiles;
  memory: AppMemory;
  access: DocumentAccess;
  databaseFile: string;
  emit: Emit;
  /** The document to show to a renderer that comes; null when there is none. */
  documentToShow: () => OpenedDocument | null;
}

/** Routes about the app itself: who serves it, what it remembers. */
export function appHandlers(services: AppServices): Handlers<'app.info' | 'settings.set' | 'document.state'> {
  const { files, memory, access, databaseFile, emit, documentToShow } = services;
  return {
    'app.info': async () => {
      const recovery = await memory.unsaved();
      access.note(recovery?.path ?? null);
      return {
        version,
        host: files.host,
        platform: platform(),
        cores: availableParallelism(),
        databaseFile,
        samples: await listSamples(),
        // A browser cannot open a file by its path.
        recent:
          files.host === 'browser'
            ? (await memory.recentScenarios()).map(({ name }) => ({ name, path: null }))
            : await memory.recent(),
        settings: await memory.settings(),
        recovery,
        openDocument: documentToShow(),
      };
    },
    'settings.set': async (change) => {
      try {
        return await memory.changeSettings(change);
      } finally {
        // They hold until the program ends even where they could not be written.
        emit('settings.changed', await memory.settings());
      }
    },
    'document.state': (state) => {
      files.documentChanged(state);
      return null;
    },
  };
}
