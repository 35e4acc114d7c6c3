/** Braces that do not match, which TeX notices only far behind the place. */
import type { DrawingFault } from '../drawing';

/** The fault of the first brace without its twin; undefined where all match. */
export function unclosed(source: string): DrawingFault | undefined {
  const open: number[] = [];
  for (const [line, text] of source.split(/\r\n?|\n/).entries()) {
    for (const [mark] of text.matchAll(/\\.|%.*|[{}]/g)) {
      if (mark === '{') open.push(line);
      else if (mark === '}' && open.pop() === undefined)
        return { kind: 'fault', message: 'This } closes nothing', line };
    }
  }
  const line = open.at(-1);
  return line === undefined ? undefined : { kind: 'fault', message: 'A { of this line is not closed', line };
}
