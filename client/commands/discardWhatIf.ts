import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Gives up the values that are tried: the one of a line of the view, else all. */
export const discardWhatIf: Command = {
  id: COMMANDS.discardWhatIf,
  run: ({ whatIf }, row) => {
    const name = typeof row === 'object' && row !== null && 'name' in row ? row.name : undefined;
    return typeof name === 'string' ? whatIf.drop(name) : whatIf.discard();
  },
};
