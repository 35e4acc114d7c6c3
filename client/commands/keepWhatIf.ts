import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Writes the values that are tried into the chapter, as one edit that can be undone. */
export const keepWhatIf: Command = {
  id: COMMANDS.keepWhatIf,
  run: ({ whatIf }) => whatIf.keep(),
};
