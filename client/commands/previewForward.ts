import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Goes forward again to where the way back began in the preview. */
export const previewForward: Command = {
  id: COMMANDS.previewForward,
  run: ({ previews }) => previews.current?.travel('forward'),
};
