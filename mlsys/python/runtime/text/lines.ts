/** `str.splitlines` */
import { vm } from '../vm';

/** What a line takes in a list, beside its characters. */
const LINE_BYTES = 32;

/** The lines of a text, cut at each character that Python takes for the end of one; `keep` leaves it there. */
export function splitLines(text: string, keep: boolean): string[] {
  const lines: string[] = [];
  const pattern = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
  let from = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const size = lines.push(text.slice(from, keep ? pattern.lastIndex : match.index));
    if ((size & 1023) === 0) {
      vm.step(1024);
      vm.charge(1024 * LINE_BYTES);
    }
    from = pattern.lastIndex;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}
