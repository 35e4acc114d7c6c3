/** Rules on how references read on the page: which of them to judge, and the fixes that they share. */

import type { Display } from '../../mlsys';
import type { InlineContext } from '../chapter/model';
import type { Analysis, CellResult, RefGroupOutcome, RefResult, RefRun } from '../evaluation/analysis';
import type { Fix, RelatedPlace, TextEdit } from './finding';
import { replacement } from './fixes';
import { importEdit } from './imports';
import { refsWhere } from './recording';

/** Places whose text no reader sees as prose; other rules are about these. */
const ELSEWHERE: ReadonlySet<InlineContext> = new Set(['attribute', 'math']);

/** The references that a judgement of what they show concerns, with what it says. It is asked once for each evaluation. */
export class Judge<T> {
  readonly #judge: (display: Display, run: RefRun) => T | undefined;
  readonly #known = new WeakMap<RefGroupOutcome, readonly (readonly [number, T])[]>();

  constructor(judge: (display: Display, run: RefRun) => T | undefined) {
    this.#judge = judge;
  }

  *of(analysis: Analysis): Iterable<readonly [RefResult, T]> {
    const found = refsWhere(analysis, ({ outcome }) => this.#of(outcome));
    for (const [result, said] of found) if (!ELSEWHERE.has(result.ref.context)) yield [result, said];
  }

  #of(outcome: RefGroupOutcome): readonly (readonly [number, T])[] {
    let known = this.#known.get(outcome);
    if (known === undefined) {
      const said: (readonly [number, T])[] = [];
      outcome.refs.forEach((run, at) => {
        const one = run.display === undefined ? undefined : this.#judge(run.display, run);
        if (one !== undefined) said.push([at, one]);
      });
      known = said;
      this.#known.set(outcome, known);
    }
    return known;
  }
}

/** Text of a value in a message. */
export function quotedText(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return `\`${flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat}\``;
}

const LONGEST = 80;

/** Where the value was made. */
export function madeAt({ binding }: RefResult): RelatedPlace[] {
  return binding === undefined ? [] : [{ range: binding.range, message: `\`${binding.name}\` is made here` }];
}

/** What of the cells makes a value: the first name in the expression that a cell defines, and that is no module's. */
export function sourceOf({ ref }: RefResult, analysis: Analysis): string {
  for (const [name] of ref.expr.matchAll(NAME)) {
    const definition = analysis.definitionOf(name, ref.cellsBefore);
    const isModule = definition?.from !== undefined && definition.from.name === undefined;
    if (definition !== undefined && !isModule) return `${name} ${definition.cell}`;
  }
  return ref.expr;
}

/** A name, no attribute and no word that begins a text. */
const NAME = /(?<![\w.'"])[A-Za-z_]\w*(?!\w*['"])/g;

/** The fix that puts another expression into the reference; further edits stand in cells above it. */
export function expressionFix({ ref }: RefResult, title: string, made: string, more: Partial<Fix> = {}): Fix {
  const { edits = [], preferred } = more;
  return {
    title,
    edits: [...edits, replacement(ref.exprRange, made)],
    ...(preferred ? { preferred } : {}),
  };
}

/**
 * The fix that makes the reference Markdown; it imports the class where the reference does not see it. Undefined where
 * there is no cell for the import.
 */
export function markdownFix(
  result: RefResult,
  analysis: Analysis,
  effect: string,
  inner = result.ref.expr,
): Fix | undefined {
  if (/[`\n]/.test(inner)) return undefined;
  const edits = importOfMarkdown(result, analysis);
  if (edits === undefined) return undefined;
  const also = edits.length === 0 ? '' : ` and \`${IMPORT.statement}\``;
  return expressionFix(result, `${effect}: \`Markdown(${inner})\`${also}`, `Markdown(${inner})`, {
    edits,
    preferred: true,
  });
}

const IMPORT = {
  module: 'IPython.display',
  member: 'Markdown',
  statement: 'from IPython.display import Markdown',
} as const;

/** Undefined where the import has no place. */
function importOfMarkdown({ ref }: RefResult, analysis: Analysis): TextEdit[] | undefined {
  const { cellsBefore } = ref;
  const { bindings, imports, first } = displayNamesOf(analysis);
  const known = bindings.findLast(one => one.cell < cellsBefore);
  if (known !== undefined) return known.isClass ? [] : undefined;
  const place = imports.find(one => one.cell < cellsBefore) ?? first;
  return place === undefined || place.cell >= cellsBefore ? undefined : [place.edit];
}

/** A cell that takes the import, and the edit. */
interface ImportPlace {
  readonly cell: number;
  readonly edit: TextEdit;
}

interface DisplayNames {
  /** Cells that bind the name `Markdown`, in order, and whether to the class. */
  readonly bindings: readonly { readonly cell: number; readonly isClass: boolean }[];
  /** Cells that import from the module. */
  readonly imports: readonly ImportPlace[];
  /** The first cell that runs. */
  readonly first: ImportPlace | undefined;
}

const displayNames = new WeakMap<Analysis, DisplayNames>();

function displayNamesOf(analysis: Analysis): DisplayNames {
  let known = displayNames.get(analysis);
  if (known === undefined) {
    const ran = analysis.cells.filter(({ status }) => status !== 'skipped' && status !== 'syntax-error');
    const place = (cell: CellResult): ImportPlace => ({ cell: cell.cell.index, edit: importEdit(cell, IMPORT) });
    known = {
      bindings: ran.flatMap(({ cell, names }) => {
        const fromModule = names.imports.some(
          ({ module, name, bound }) => module === IMPORT.module && name === IMPORT.member && bound === IMPORT.member,
        );
        const isClass = fromModule || names.starImports.includes(IMPORT.module);
        return isClass || names.writes.has(IMPORT.member) ? [{ cell: cell.index, isClass }] : [];
      }),
      imports: ran.filter(importsDisplay).map(place),
      first: ran.slice(0, 1).map(place)[0],
    };
    displayNames.set(analysis, known);
  }
  return known;
}

function importsDisplay({ names }: CellResult): boolean {
  return names.imports.some(({ module, name }) => module === IMPORT.module && name !== undefined);
}
