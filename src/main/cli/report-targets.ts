import { randomBytes } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ReportFormat } from '../reports/report-format';
import { ownDescriptor, unfitForReport } from '../reports/target-kind';
import { impossible, usageError } from './exit-code';

const STDOUT = 1;

/** Options that name reports, as on the command line. */
export interface ReportOptionValues {
  csv?: string;
  csvFullHistory?: boolean;
  html?: string;
  json?: string;
  hlog?: string;
}

/** A report that was asked for and where it goes. */
export interface ReportTarget {
  format: ReportFormat;
  /** Absolute file name or prefix; null: standard output. */
  path: string | null;
  /** The files, absolute. */
  files: string[];
}

/**
 * The reports that were asked for, checked: every folder exists and can be written to, no file is a folder, pipe or device, none is named
 * twice. Throws a `CommandError`, so that a run that could not be written down is never begun.
 */
export async function reportTargets(values: ReportOptionValues, folder: string): Promise<ReportTarget[]> {
  const { REPORTS, reportFiles } = await import('../reports/reports');
  if (values.csvFullHistory && values.csv === undefined) throw usageError('--csv-full-history needs --csv PREFIX');
  const targets: ReportTarget[] = [];
  const taken = new Map<string, string>();
  for (const format of REPORTS) {
    const value = values[format.id as keyof ReportOptionValues];
    if (typeof value !== 'string') continue;
    const option = `--${format.id}`;
    if (value === '') throw usageError(`${option} needs a file name`);
    const path = resolve(folder, value) + (/[\\/]$/.test(value) ? '/' : '');
    const files = reportFiles(format, path);
    const isStdout = (format.id === 'json' && value === '-') || files.every((file) => ownDescriptor(file) === STDOUT);
    for (const file of isStdout ? ['standard output'] : files) {
      const other = taken.get(file);
      if (other) throw usageError(`${other} and ${option} name the same file: ${file}`);
      taken.set(file, option);
    }
    if (!isStdout) await checkFiles(files, option);
    targets.push(isStdout ? { format, path: null, files: [] } : { format, path, files });
  }
  return targets;
}

async function checkFiles(files: readonly string[], option: string): Promise<void> {
  const folders = new Set<string>();
  for (const file of files) {
    const found = lookAt(file, option);
    const unfit = found && unfitForReport(file, found);
    if (unfit) throw usageError(`${option}: ${file} is ${unfit}; name a file`);
    // The program's own streams are written to as they are.
    if (ownDescriptor(file) === null && (!found || found.isFile())) folders.add(dirname(file));
  }
  for (const folder of folders) await checkFolder(folder, option);
}

/** Whether a file can be made in the folder is found out by making one: permissions alone do not tell it on every system. */
async function checkFolder(folder: string, option: string): Promise<void> {
  const found = lookAt(folder, option);
  if (!found) throw usageError(`${option}: the folder ${folder} does not exist; create it first`);
  if (!found.isDirectory()) throw usageError(`${option}: ${folder} is not a folder`);
  const probe = join(folder, `.nodeswarm-${randomBytes(6).toString('hex')}`);
  try {
    await (await open(probe, 'wx')).close();
    await rm(probe, { force: true });
  } catch (error) {
    throw impossible(`${option}: nothing can be written to the folder ${folder}: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

function lookAt(path: string, option: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw usageError(`${option}: ${path} cannot be used: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES' || code === 'EPERM') return 'this account may not write there';
  if (code === 'EROFS') return 'the file system is read-only';
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'ELOOP') return 'its symbolic links form a loop';
  if (code === 'ENAMETOOLONG') return 'the name is too long';
  return message;
}
