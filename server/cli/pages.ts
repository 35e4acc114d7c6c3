/** What commands that show pages need beside the engine: what sets formulas and draws TikZ blocks. */
import { DEFAULT_SETTINGS } from '../protocol';
import { Drawings, userDrawings } from '../worker/tikzQueue';
import { Typesetter } from '../worker/typesetter';
import { TypesettingProcesses } from '../worker/typesettingProcesses';
import type { CommandOptions } from './engine';
import type { Io } from './io';
import type { WorkspaceOptions } from './workspace';

export interface PageOptions extends WorkspaceOptions {
  /** False leaves TikZ blocks undrawn. */
  readonly tikz: boolean;
  /** False draws them anew and keeps nothing. */
  readonly cache: boolean;
}

export function pageServices({ tikz, cache }: PageOptions, io: Io): Pick<CommandOptions, 'settings' | 'pages'> {
  return {
    settings: { preview: { ...DEFAULT_SETTINGS.preview, tikz } },
    pages: {
      texts: new Typesetter({ host: new TypesettingProcesses(), log: message => io.err(`reckoner: ${message}\n`) }),
      makeDrawings: () => (cache ? userDrawings(io.env, process.platform) : new Drawings()),
    },
  };
}
