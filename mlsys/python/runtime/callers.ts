/** Who calls the library: the code of the author, whose module names what the library makes for it. */
import type { Frame } from './frame';
import { MapGlobals } from './globals';
import { vm } from './vm';

/** True for a frame of the library's own code in Python. */
export function isOfLibrary({ text, globals }: Frame): boolean {
  return text.library === true || globals instanceof MapGlobals;
}

/** The innermost frame that runs code which is not the library's own. */
function callingFrame(): Frame | undefined {
  let frame = vm.running;
  while (frame !== undefined && isOfLibrary(frame)) frame = frame.back;
  return frame;
}

/** The name of the module whose code calls the library, as CPython gives it to classes that the library makes. */
export function callingModule(): string {
  const name = callingFrame()?.globals.get('__name__');
  return typeof name === 'string' ? name : '__main__';
}

/** True while code of a module runs, or of the library that such code called, rather than that of a cell or reference. */
export function isModuleRunning(): boolean {
  return callingModule() !== '__main__';
}
