/** The engine of a command. */
import { dirname } from 'node:path';
import { useProcessorClock } from '../../mlsys/time';
import { createEngine, type Engine, type PageServices } from '../engine';
import type { FileSystem } from '../files/access';
import { NodeFileSystem } from '../files/node';
import { ChildProcesses } from '../process/childProcess';
import { processorTime } from '../process/overdue';
import { DEFAULT_SETTINGS, type Settings } from '../protocol';
import { rootAround, type Workspace } from './workspace';

export interface CommandOptions {
  /** Settings that differ from the defaults. */
  readonly settings?: Partial<Settings>;
  /** What typesets and draws, for a command that shows pages. */
  readonly pages?: PageServices;
  /** Where files are read, where that is not this machine as it is. */
  readonly files?: FileSystem;
  /** Takes lines about unusual events; they go nowhere where a command tells of its failures otherwise. */
  readonly log?: (message: string) => void;
}

// Chapters are evaluated in this process as well: others may keep the machine busy.
useProcessorClock(processorTime);

/** The files of this machine. */
export const machine = new NodeFileSystem();

/** The root of a file's workspace: the one that was named, else what `rootAround` gives, or its folder alone. */
export function rootOf(path: string, { root, folders = [], isAlone }: Workspace): string {
  if (isAlone) return dirname(path);
  return root ?? rootAround(path, folders, machine);
}

export function makeEngine(
  workspace: Workspace,
  { settings, pages, files = machine, log = () => undefined }: CommandOptions = {},
): Engine {
  const all: Settings = { ...DEFAULT_SETTINGS, packageRoots: workspace.packageRoots ?? [], ...settings };
  return createEngine({
    files,
    evaluation: new ChildProcesses({ evaluatesOnce: pages === undefined }),
    settings: { rootOf: path => rootOf(path, workspace), settingsOf: () => all },
    log: { error: log, warn: log },
    pages: async () => {
      if (pages === undefined) throw new Error('This command shows no pages.');
      return pages;
    },
  });
}
