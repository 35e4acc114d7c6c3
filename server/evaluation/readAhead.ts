/** Texts of cells that are parsed while another process runs them: their results want the trees at once. */
import { type Program, parseCell } from '../../mlsys';

const read = new Map<string, Program>();
/** What is never asked for, as of a chapter that was closed at once, must not stay. */
const MOST = 2000;

/** Parses a text, for the one who takes it. */
export function readAhead(source: string): Program {
  let program = read.get(source);
  if (program === undefined) {
    if (read.size >= MOST) read.clear();
    program = parseCell(source, '<cell>');
    read.set(source, program);
  }
  return program;
}

/** The tree of a text, where it was parsed ahead; the next one who asks parses it anew. */
export function takeRead(source: string): Program | undefined {
  const program = read.get(source);
  read.delete(source);
  return program;
}
