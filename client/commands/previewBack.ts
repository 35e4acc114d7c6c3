import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Goes back to where a link was followed in the preview. */
export const previewBack: Command = {
  id: COMMANDS.previewBack,
  run: ({ previews }) => previews.current?.travel('back'),
};
