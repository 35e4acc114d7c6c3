/** Conversions that are done twice: `(link / 8).m_as(GB / second)` of a link in bits, which pint turns into bytes by itself. */
import { type Expression, nodeAt, pathOf, symbolIndex } from '../../mlsys';
import type { CellResult } from '../evaluation/analysis';
import { within } from './fixes';
import { unitText } from './prose/measure';
import { unitNamed } from './prose/numbers';
import { plainFactor, quantitiesIn, unitOf } from './quantities';
import type { Draft } from './rule';

/** Where a cell may convert the result of an operation. */
const CONVERSIONS = /(?:[\w)]\s*\.(?:m_as|to)|\bfmt)\s*\(/g;

/** The conversions of a cell that its code has done already. */
export function* doubleConversions(cell: CellResult): Iterable<Draft> {
  const { source, module } = cell.program;
  const told = new Set<number>();
  for (const { index, 0: whole } of source.matchAll(CONVERSIONS)) {
    const path = nodeAt(module, index + whole.length - 1);
    const call = path.findLast(node => 'kind' in node && node.kind === 'Call') as Expression | undefined;
    const prefix = path
      .flatMap(node => ('kind' in node && node.kind === 'ClassDef' ? [`${node.name.name}.`] : []))
      .join('');
    if (call?.kind !== 'Call') continue;
    if (call.func.kind === 'Attribute') yield* converted(cell, call, prefix);
    for (const draft of convertedByName(cell, call, prefix)) {
      if (!told.has(draft.range.start)) yield draft;
      told.add(draft.range.start);
    }
  }
}

function* converted(cell: CellResult, call: Extract<Expression, { kind: 'Call' }>, prefix: string): Iterable<Draft> {
  const { func, args } = call;
  const target = args[0] === undefined ? undefined : unitText(args[0]);
  if (func.kind !== 'Attribute' || func.value.kind !== 'BinOp' || target === undefined) return;
  const { left, op, right } = func.value;
  const factor = plainFactor(right);
  if (factor === undefined || factor <= 0 || factor === 1 || (op !== '/' && op !== '*')) return;
  const [quantity, ...more] = quantitiesIn(cell, left, prefix);
  const from = quantity === undefined || more.length > 0 ? undefined : unitOf(quantity);
  const to = unitNamed(target);
  if (from === undefined || to === undefined || quantity === undefined) return;
  const isBits = from.kind.replace('bits', 'data') === to.kind.replace('bits', 'data');
  if (!isBits) return;
  const bits = (kind: string) => (kind.startsWith('bits') ? 1 / 8 : 1);
  // What the conversion multiplies by, and what the code does.
  const due = (from.factor * bits(from.kind)) / (to.factor * bits(to.kind));
  const done = op === '/' ? 1 / factor : factor;
  const isDone =
    Math.abs(due / done - 1) < 1e-6 ||
    (from.kind !== to.kind && Math.abs(done / (bits(from.kind) / bits(to.kind)) - 1) < 1e-6);
  if (!isDone || due === 1) return;
  const { source } = cell.program;
  const text = (node: Expression) => source.slice(node.start, node.end);
  const range = cell.cell.toDocumentRange({ start: call.start, end: call.end });
  const inner = cell.cell.toDocumentRange({ start: left.end, end: right.end });
  yield {
    range,
    severity: 'warning',
    message: `\`${quantity.path}\` is ${quantity.text}: \`.${func.attr.name}(${text(args[0]!)})\` converts it, and \`${op} ${text(right)}\` does so once more.`,
    ...(quantity.place === undefined ? {} : { related: [quantity.place] }),
    fixes: [
      {
        title: `Leave the conversion to \`.${func.attr.name}\`, which changes the value`,
        edits: [{ ...within(inner, 0, right.end - left.end), newText: '' }],
      },
    ],
  };
}

/** `half = link / 8` of a link in bits, which `half.m_as(GB / second)` turns into bytes by itself: told where it is divided. */
function* convertedByName(
  cell: CellResult,
  { func, args, keywords }: Extract<Expression, { kind: 'Call' }>,
  prefix: string,
): Iterable<Draft> {
  const isMethod = func.kind === 'Attribute';
  const named = isMethod ? func.value : args[0];
  const name = named === undefined ? undefined : pathOf(named);
  const unit = isMethod ? args[0] : (args[1] ?? keywords.find(one => one.name?.name === 'unit')?.value);
  const target = unit === undefined ? undefined : unitText(unit);
  const to = target === undefined ? undefined : unitNamed(target);
  if (named === undefined || name === undefined || to?.kind.startsWith('data') !== true) return;
  const { source, module } = cell.program;
  const { definitions } = symbolIndex(module);
  const own = definitions.of(prefix + name);
  const [definition, ...more] = own.length > 0 ? own : definitions.of(name);
  const value = definition?.value;
  if (value?.kind !== 'BinOp' || more.length > 0 || value.op !== '/' || plainFactor(value.right) !== 8) return;
  const kinds = quantitiesIn(cell, value.left, prefix).map(one => ({ one, kind: unitOf(one)?.kind ?? '' }));
  const [first, ...others] = kinds.filter(({ kind }) => kind.startsWith('bits'));
  if (first === undefined || others.length > 0 || kinds.some(({ kind }) => kind.startsWith('data'))) return;
  const quantity = first.one;
  const text = (node: Expression) => source.slice(node.start, node.end);
  const converter = isMethod ? `${name}.${func.attr.name}(${text(unit!)})` : `${text(func)}(${name}, ${text(unit!)})`;
  const inner = cell.cell.toDocumentRange({ start: value.left.end, end: value.right.end });
  yield {
    range: cell.cell.toDocumentRange(value),
    severity: 'warning',
    message: `\`${quantity.path}\` is ${quantity.text}: \`${converter}\` converts it to bytes, and \`/ ${text(value.right)}\` has done so before.`,
    related: [
      { range: cell.cell.toDocumentRange(named), message: 'converted here' },
      ...(quantity.place === undefined ? [] : [quantity.place]),
    ],
    fixes: [
      {
        title: `Leave the conversion to \`${isMethod ? `.${func.attr.name}` : text(func)}\`, which changes the value`,
        edits: [{ ...within(inner, 0, value.right.end - value.left.end), newText: '' }],
      },
    ],
  };
}
