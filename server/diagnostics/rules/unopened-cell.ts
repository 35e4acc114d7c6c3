/** Code that has a closing fence but no opening one, or one that opens no cell: it is shown as text, and none of it runs. */
import type { MistakenFence, OffsetRange, UnopenedCell } from '../../chapter/model';
import type { Analysis, CellResult, RefResult } from '../../evaluation/analysis';
import type { Fix } from '../finding';
import { replacement, within } from '../fixes';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';

export const unopenedCell: Rule = {
  code: 'unopened-cell',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    for (const cell of analysis.chapter.unopenedCells) {
      const refs = refsThatNeed(cell, analysis);
      if (cell.opening?.isListing === true && refs.length === 0) continue;
      yield {
        range: firstLine(cell),
        message: messageFor(cell, refs),
        related: refs.map(({ ref }) => ({ range: ref.exprRange, message: `\`${ref.expr}\` needs this cell` })),
        fixes: [openingFix(cell, analysis)],
      };
    }
  },
};

/** The fence, with the options in which the cells before and behind agree where the code has none. */
function openingFix(cell: UnopenedCell, analysis: Analysis): Fix {
  const cells = cellsOf(analysis);
  const around = [cells[cell.cellsBefore - 1], cells[cell.cellsBefore]].filter(one => one !== undefined);
  const [first, ...others] = around.map(one => one.cell);
  const shared = (first?.options ?? []).filter(
    ({ key, text }) => SHARED.has(key) && others.every(other => other.option(key)?.text === text),
  );
  if (cell.opening !== undefined) return correction(cell, cell.opening);
  const options = /^\s*#\|/.test(cell.source) ? [] : shared.map(({ key, text }) => `#| ${key}: ${text}`);
  const beside = options.length === 0 ? '' : `, with \`${options.join('`, `')}\` as around it`;
  const lines = [`${cell.fence}{python}`, ...options].map(line => `${line}\n`).join('');
  return {
    title: `Insert the opening fence of this cell${beside}`,
    preferred: true,
    edits: [replacement(within(cell.codeRange, 0, 0), lines)],
  };
}

/** The line that was meant to open the cell, and that which closes it where its marks are others. */
function correction({ fence, closeRange }: UnopenedCell, { range: line, text }: MistakenFence): Fix {
  const title = `Open a cell: ${fence}{python} in place of ${text}`;
  const options = /^[`~'\u2018\u2019\u00b4]*\s*[{([]\s*\w+\s*([ ,][^}]*?)[})\]]?$/.exec(text)?.[1]?.trimEnd() ?? '';
  const opening = replacement(within(line, 0, text.length), `${fence}{python${options}}`);
  const tildes = text.startsWith('~')
    ? [replacement(within(closeRange, 0, closeRange.end - closeRange.start), fence)]
    : [];
  return { title, preferred: true, edits: [opening, ...tildes] };
}

/** Options that say what a page shows of a cell. */
const SHARED: ReadonlySet<string> = new Set(['echo', 'include', 'output', 'warning', 'message', 'code-fold']);

/** The unopened cell that would define what a failed reference misses, if there is one. */
export function unopenedCellFor(result: RefResult, analysis: Analysis): UnopenedCell | undefined {
  if (analysis.chapter.unopenedCells.length === 0 || result.fault === undefined) return undefined;
  const missing = result.fault.name ?? result.ref.expr;
  const root = result.ref.expr.split('.')[0]!;
  return analysis.chapter.unopenedCells.find(
    cell =>
      cell.cellsBefore <= result.ref.cellsBefore &&
      cell.refsBefore <= result.ref.index &&
      (exported(cell).has(missing) || exported(cell).has(root)),
  );
}

const exportedNames = new WeakMap<UnopenedCell, ReadonlySet<string>>();

function exported(cell: UnopenedCell): ReadonlySet<string> {
  let names = exportedNames.get(cell);
  if (names === undefined) {
    names = new Set([...cell.exports.map(({ name }) => name), ...importedIn(cell.source)]);
    exportedNames.set(cell, names);
  }
  return names;
}

/** The names that imports of code bring which nobody parses. */
function importedIn(source: string): readonly string[] {
  const lists = [...source.matchAll(/^from\s[\w.]+\simport\s(?:\(([^()]*)\)|([^\n(#]*))/gm)].map(
    ([, wrapped, plain]) => wrapped ?? plain!,
  );
  const modules = [...source.matchAll(/^import\s([^\n#]*)/gm)].map(([, list]) => list!);
  return [...lists, ...modules].flatMap(list =>
    list.split(',').flatMap(one => /(?:\bas\s+)?(\w+)\s*$/.exec(one)?.[1] ?? []),
  );
}

function refsThatNeed(cell: UnopenedCell, analysis: Analysis): RefResult[] {
  return analysis.faultyRefs.filter(result => result.status === 'failed' && unopenedCellFor(result, analysis) === cell);
}

function messageFor(cell: UnopenedCell, refs: readonly RefResult[]): string {
  const what = cell.title === undefined ? 'This code' : `The code "${cell.title}"`;
  const start =
    cell.opening === undefined
      ? `${what} has a closing fence but no opening one (${cell.fence}{python}), so none of it runs.`
      : `To Quarto ${cell.opening.text} opens no cell, as ${cell.fence}{python} does, so none of this code runs.`;
  if (refs.length === 0) return start;
  const names = [...new Set(refs.map(({ ref }) => `\`${ref.expr}\``))];
  const count = refs.length === 1 ? 'One reference needs it' : `${refs.length} references need it`;
  return `${start} ${count}: ${names.join(', ')}.`;
}

/** The code that lost its opening fence and would bring a name to a cell, by where that is told. */
export function placeOfUnopened(name: string, cell: CellResult, analysis: Analysis): OffsetRange | undefined {
  const found = analysis.chapter.unopenedCells.find(
    one => one.cellsBefore <= cell.cell.index && exported(one).has(name),
  );
  return found === undefined ? undefined : firstLine(found);
}

function firstLine(cell: UnopenedCell): OffsetRange {
  if (cell.opening !== undefined) return cell.opening.range;
  const length = cell.source.indexOf('\n');
  return length < 0 ? cell.codeRange : within(cell.codeRange, 0, length);
}
