import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Shows the log of extension and server. */
export const showOutput: Command = {
  id: COMMANDS.showOutput,
  run: ({ output }) => output.show(true),
};
