/** What the code of a cell says of its values beside their names: comments behind assignments, and numbers that it uses without a name. */
import { pathOf, symbolIndex } from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { restOfLine } from '../sourceLines';
import { digitsIn, type Literal } from './literals';
import { besidePath, nameShown } from './measure';
import { contentWords } from './mentions';
import { wordsOf } from './subject';

const commentWords = new WeakMap<CellProgram['module'], Map<string, ReadonlySet<string>>>();

/** Words of the comment behind the assignment of a name, or of the number that it shows: what sentences may call it as well. */
export function wordsOfComment(path: string, program: CellProgram): ReadonlySet<string> {
  let known = commentWords.get(program.module);
  if (known === undefined) {
    known = new Map();
    commentWords.set(program.module, known);
  }
  let found = known.get(path);
  if (found === undefined) {
    found = contentWords(wordsOf(commentsOf(path, program, DEPTH).join(' ')));
    known.set(path, found);
  }
  return found;
}

/** From `rent_str` to `rent`, and to `RunMoney.rent_str` behind a bridge. */
const DEPTH = 3;

function commentsOf(path: string, program: CellProgram, depth: number): readonly string[] {
  const [definition, ...more] = symbolIndex(program.module).definitions.of(path);
  if (definition === undefined || more.length > 0) return [];
  const own = /#(.*)$/.exec(restOfLine(program.source, definition.statement.end))?.[1] ?? '';
  const shown = nameShown(path, program) ?? (definition.value === undefined ? undefined : pathOf(definition.value));
  if (shown === undefined || depth === 0) return [own];
  const next = besidePath(path, shown);
  return next === path ? [own] : [own, ...commentsOf(next, program, depth - 1)];
}

const numbersByModule = new WeakMap<CellProgram['module'], ReadonlySet<number>>();

/** True of a number that a cell near it computes with, whether it has a name there or not: "kills 92%" of `mites * (1 - 0.92)`. */
export function isInCode({ value, text, unit, isWord }: Literal, near: readonly CellResult[]): boolean {
  if (isWord || digitsIn(text) < 2) return false;
  const plain = Number(text.replaceAll(',', ''));
  const forms = unit?.kind === 'ratio' ? [plain, Number((plain / 100).toPrecision(12))] : [plain, value];
  return near.some(({ program }) => forms.some(form => numbersIn(program).has(form)));
}

function numbersIn({ module, source }: CellProgram): ReadonlySet<number> {
  let found = numbersByModule.get(module);
  if (found === undefined) {
    const code = source.replaceAll(
      /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g,
      ' ',
    );
    found = new Set(
      Array.from(code.matchAll(/(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?/gi), ([text]) =>
        Number(text.replaceAll('_', '')),
      ),
    );
    numbersByModule.set(module, found);
  }
  return found;
}
