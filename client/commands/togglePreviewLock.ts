import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Has the preview stay with its chapter, or go along with the active editor again. */
export const togglePreviewLock: Command = {
  id: COMMANDS.togglePreviewLock,
  run: ({ previews }) => previews.current?.toggleLock(),
};
