import { resolve } from 'node:path';
import type { FilesNotAllowed } from '../runs/file-access';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { type CommandError, usageError } from './exit-code';

/** `--allow-files`, which may be there several times. */
export interface FileOptionValues {
  allowFiles?: string[];
}

/** Folders that files may be read from, beside that of the scenario: those that the command line names. Absolute. */
export function allowedFolders({ allowFiles = [] }: FileOptionValues, io: CommandIo): string[] {
  return allowFiles.map((folder) => resolve(io.folder, folder));
}

/** The same with the scenario's own folder. */
export function allowedFiles(folder: string, values: FileOptionValues, io: CommandIo): string[] {
  return [folder, ...allowedFolders(values, io)];
}

/** What to do about files that may not be read. */
export function notAllowed(error: FilesNotAllowed): CommandError {
  return usageError(`${printable(error.message)}; to allow it, add --allow-files with its folder`);
}
