import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Gives up the values that are tried. */
export const discardWhatIf: Command = {
  id: COMMANDS.discardWhatIf,
  run: ({ whatIf }) => whatIf.discard(),
};
