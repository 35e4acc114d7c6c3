/** What an author must know before trusting the values of a chapter. Status bar, Problems and preview all say the same. */
import { COMMANDS } from './ids';
import type { ServerState } from './server';

export interface NoticeAction {
  readonly title: string;
  readonly command: string;
}

export interface Notice {
  /** For the status bar, without its icon. */
  readonly short: string;
  readonly icon: string;
  /** A full sentence or two. */
  readonly text: string;
  readonly actions: readonly NoticeAction[];
  /** False while nothing is to be done but to wait. */
  readonly isWarning: boolean;
}

const LOG: NoticeAction = { title: 'Open the Log', command: COMMANDS.showOutput };

/** Undefined where the values of a chapter can be trusted; `isHeld` says that its cells are not run. */
export function noticeOf(state: ServerState, isHeld: boolean): Notice | undefined {
  switch (state.kind) {
    case 'restarting':
      return {
        short: 'Values are old',
        icon: 'sync~spin',
        text: 'The values are old: the server has ended and is being started again.',
        actions: [LOG],
        isWarning: false,
      };
    case 'down':
      return {
        short: 'Values are old',
        icon: 'warning',
        text: `The values are old, and nothing is checked. ${state.reason}`,
        actions: [{ title: 'Start Again', command: COMMANDS.restartServer }, LOG],
        isWarning: true,
      };
    default:
      return isHeld
        ? {
            short: 'Cells not run',
            icon: 'debug-pause',
            text: 'The cells of this chapter are not run: the server ended twice while it worked on it.',
            actions: [{ title: 'Run the Cells', command: COMMANDS.runChapter }, LOG],
            isWarning: true,
          }
        : undefined;
  }
}
