import { COMMANDS } from '../ids';
import type { Command } from './index';
import { toggleSetting } from './toggleInlayHints';

/** Marks computed numbers in the preview, or lets them read as text. */
export const togglePreviewNumbers: Command = {
  id: COMMANDS.togglePreviewNumbers,
  run: ({ previews }) => toggleSetting('preview.numbers', previews.current?.uri),
};
