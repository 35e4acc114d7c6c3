/** How IPython displays floats: once a magic has changed that, how those look that it displays later is not known. */
import type { Span } from '../syntax/ast';
import { Unsupported } from './errors';
import type { Frame } from './frame';
import { loseState } from './nativeEffects';
import { causeOfRefusal } from './unknown';
import { vm } from './vm';

/** The state of the session that is lost with such a magic. */
export const NUMBER_DISPLAY = 'IPython.float_precision';

/** Takes a magic that changes it, and where it stands. */
export function changeNumberDisplay(magic: string, span?: Span, running?: Frame): void {
  loseState(NUMBER_DISPLAY, causeOfRefusal(new Unsupported(magic, undefined, span), running));
}

/** To be called before a float, or what may hold one, is displayed; throws `UnknownReached` where nobody knows how it looks. */
export function requireNumberDisplay(): void {
  vm.readState(NUMBER_DISPLAY, undefined);
}
