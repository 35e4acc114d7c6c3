/** What a cell shows: its code where it is echoed, its output (`outputs.ts`), and what went wrong. */
import type { UnopenedCell } from '../chapter/model';
import type { CellFault, CellResult } from '../evaluation/analysis';
import { endingCheck } from '../evaluation/endingCheck';
import { codeFilled, pythonBlock } from './code';
import type { BlockFiller } from './fill';
import { element, type Html, text } from './hast';
import { type CodeLines, hasAnnotations, lineNumbers, PLAIN_LINES } from './lines';
import { outputNodes, textOption } from './outputs';
import { anchorOf } from './text';

/** A cell; `index` is its place among those of its block. */
export function cellNodes(result: CellResult, index: number, filler: BlockFiller): Html[] {
  const faults = faultNodes(result, filler);
  const { cell } = result;
  if (cell.setting('include') === false) return faults;
  const code = cell.setting('echo') === false ? [] : codeOf(result, filler);
  const output = cell.setting('output') === false ? [] : outputNodes(result, index, filler);
  const inner = [...code, ...output, ...faults];
  if (inner.length === 0) return [];
  return [cellNode(result, inner)];
}

/** What a cell shows, greyed where it is of an earlier version. */
export function cellNode({ stale, pending }: CellResult, shown: Html[]): Html {
  const className = stale || pending ? ['reckoner-cell', 'reckoner-stale'] : ['reckoner-cell'];
  return element('div', { className }, shown);
}

/** The code of a cell without its options, which `echo: fenced` shows with its fences. */
export function codeOf(result: CellResult, filler: BlockFiller): Html[] {
  const { cell } = result;
  const own = /^(?:\s*\n)*(?:#\|.*(?:\n|$))+/.exec(cell.source)?.[0] ?? '';
  const shown = cell.source
    .slice(own.length)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const isFenced = cell.setting('echo') === 'fenced';
  if (shown.trim() === '' && !isFenced) return [];
  const options = own.split('\n').filter(line => line.trim() !== '' && !/^#\|\s*echo\s*:/.test(line));
  const source = isFenced
    ? ['```{python}', ...options, ...(options.length > 0 ? [''] : []), shown, '```'].join('\n')
    : shown;
  const block = element('pre', {}, [...codeFilled('python', source, linesOf(result), filler.facts)]);
  const captioned = listed(result, block, filler);
  const { facts } = filler;
  const fold = String(cell.setting('code-fold') ?? facts.ask('option', 'code-fold') ?? false);
  if (fold !== 'true' && fold !== 'show') return [captioned];
  const said = textOption(result, 'code-summary') ?? facts.ask('option', 'code-summary');
  const summary = said ?? facts.ask('word', 'code-summary') ?? 'Code';
  return [element('details', { open: fold === 'show' }, [element('summary', {}, [text(summary)]), captioned])];
}

function linesOf({ cell }: CellResult): CodeLines {
  const written = cell.setting('code-line-numbers');
  const marked = typeof written === 'string' ? lineNumbers(written) : typeof written === 'number' ? [written] : [];
  const annotated = hasAnnotations(cell.source);
  if (written !== true && marked.length === 0 && !annotated) return PLAIN_LINES;
  return { first: written === true ? 1 : undefined, marked, annotated };
}

/** A cell whose code is a listing has a label of its own for that, and a file where `filename` names one. */
function listed(result: CellResult, block: Html, filler: BlockFiller): Html {
  const file = textOption(result, 'filename');
  const named =
    file === undefined
      ? block
      : element('div', { className: 'reckoner-file' }, [
          element('div', { className: 'reckoner-filename' }, [text(file)]),
          block,
        ]);
  const id = textOption(result, 'lst-label');
  const caption = textOption(result, 'lst-cap');
  if (id === undefined && caption === undefined) return named;
  const words = caption === undefined ? [] : filler.inline(caption);
  const label = id === undefined ? [] : filler.label(id, words.length === 0 ? '' : ':');
  const own = { className: ['listing'], id: id === undefined ? undefined : anchorOf(id) };
  return element('figure', own, [element('figcaption', {}, [...label, ...words]), named]);
}

function note(kind: '' | 'reckoner-warning', children: readonly Html[]): Html {
  return element(
    'div',
    { className: kind === '' ? ['reckoner-note'] : ['reckoner-note', kind], role: 'note' },
    children,
  );
}

function faultText(fault: CellFault): Html[] {
  if (fault.type === 'Unsupported' || fault.type === 'BudgetExceeded') return [text(fault.message)];
  return [element('strong', {}, [text(fault.type)]), text(`: ${fault.message}`)];
}

/** Faults of the cell, shown even where its code is not. */
function faultNodes(result: CellResult, filler: BlockFiller): Html[] {
  const { status, fault, issues, checks, cell } = result;
  const name =
    cell.label === undefined
      ? [text(`Cell ${cell.index + 1}`)]
      : [text('Cell '), element('code', {}, [text(cell.label)])];
  const notes: Html[] = [];
  if (status === 'syntax-error') {
    const [issue] = issues;
    const line =
      issue && filler.page.lineOf(issue.range.start) - filler.page.lineOf(filler.facts.blocks[0]!.range.start);
    const where = line === undefined ? '' : ` (line ${filler.facts.ask('firstLine') + line})`;
    const kind = element('strong', {}, [text(issue?.kind ?? 'SyntaxError')]);
    notes.push(note('', [...name, text(': '), kind, text(`: ${issue?.message ?? 'invalid syntax'}${where}`)]));
  } else if (fault !== undefined && !(fault.guard === true && endingCheck(checks, fault) !== undefined)) {
    const kind = status === 'blocked' || status === 'unsupported' ? 'reckoner-warning' : '';
    notes.push(note(kind, [...name, text(': '), ...faultText(fault)]));
  }
  for (const check of checks)
    if (!check.passed) notes.push(note('', [...name, text(`: a check failed: ${check.message}`)]));
  return notes;
}

/** Code that lost its opening fence, shown as the code that it is. */
export function unopenedNodes({ title, source }: UnopenedCell): Html[] {
  const name = title === undefined ? [text('This cell')] : [text('The cell '), element('strong', {}, [text(title)])];
  const why = note('', [...name, text(' has no opening fence, so it does not run.')]);
  return [why, pythonBlock(source.trimEnd())];
}
