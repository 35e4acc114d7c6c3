/** Whether a program's text holds a name at all: a cheap look, before its tree is searched. */
import type { Program } from '../../mlsys';

/** Sources as the parser reads identifiers, which are equal in Python when their NFKC forms are. */
const texts = new WeakMap<Program, string>();

/** The program's text, with every identifier as it stands in the tree. */
export function identifierText(program: Program): string {
  let text = texts.get(program);
  if (text === undefined) {
    const normal = program.source.normalize('NFKC');
    text = normal === program.source ? program.source : normal;
    texts.set(program, text);
  }
  return text;
}

/** False where the program surely does not hold the name. */
export function mentions(program: Program, name: string): boolean {
  return identifierText(program).includes(name);
}
