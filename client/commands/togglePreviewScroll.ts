import { COMMANDS } from '../ids';
import type { Command } from './index';
import { toggleSetting } from './toggleInlayHints';

/** Has editor and preview scroll together, or each by itself. */
export const togglePreviewScroll: Command = {
  id: COMMANDS.togglePreviewScroll,
  run: ({ previews }) => toggleSetting('preview.scrollSync', previews.current?.uri),
};
