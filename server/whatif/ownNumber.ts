/** The expression that an assignment gives a name, and the one number in it. */
import { type Expression, nodeAt, type Statement } from '../../mlsys';
import type { Analysis, CellResult, Definition } from '../evaluation/analysis';
import { literalOfNode } from './writtenNumbers';

/** The one number of an assignment that is a number with its sign and unit; undefined where it is more, or less. */
export function ownNumber(definition: Definition, analysis: Analysis): Expression | undefined {
  const cell = analysis.cells[definition.cell]!;
  const node = assignedNode(definition, cell);
  const { start } = definition.range;
  const binding =
    cell.bindingsOf(definition.name).find(({ range }) => range.start === start) ?? cell.bindingOf(definition.name);
  // Beside units, one number is the value; beside anything else it is a part of it.
  if (node === undefined || binding?.reads.every(read => BESIDE.has(read.value.type)) !== true) return undefined;
  return soleNumber(node);
}

/** Types of what stands beside a number without changing it. */
const BESIDE: ReadonlySet<string> = new Set(['Unit', 'UnitRegistry']);

/** The expression that an assignment gives a name. */
export function assignedNode(definition: Definition, { cell, program }: CellResult): Expression | undefined {
  const start = cell.toSource(definition.range.start);
  const statement = nodeAt(program.module, start).findLast(
    (one): one is Statement => 'kind' in one && (one.kind === 'Assign' || one.kind === 'AnnAssign'),
  );
  if (statement?.kind === 'AnnAssign') return statement.value;
  if (statement?.kind !== 'Assign') return undefined;
  for (const target of statement.targets) {
    if (target.start === start && target.kind === 'Name') return statement.value;
    if (target.kind !== 'Tuple' || statement.value.kind !== 'Tuple') continue;
    const at = target.elements.findIndex(one => one.start === start);
    if (at >= 0 && target.elements.length === statement.value.elements.length) return statement.value.elements[at];
  }
  return undefined;
}

/** `-3`, `4.5 * TB / hour`, `ureg.Quantity(312, "TFLOPs/s")` */
export function soleNumber(node: Expression): Expression | undefined {
  const found: Expression[] = [];
  const collect = (one: Expression): boolean => {
    switch (one.kind) {
      case 'Constant':
        found.push(one);
        return typeof one.value === 'number' || typeof one.value === 'bigint';
      case 'UnaryOp':
        found.push(one);
        return one.operand.kind === 'Constant' && (one.op === '-' || one.op === '+');
      case 'BinOp':
        return (one.op === '*' || one.op === '/') && collect(one.left) && collect(one.right);
      case 'Name':
      case 'Attribute':
        return true;
      case 'Call': {
        const [number, unit] = one.args;
        if (one.args.length !== 2 || one.keywords.length > 0 || !isQuantity(one.func)) return false;
        return literalOfNode(number!) !== undefined && isUnit(unit!) && collect(number!);
      }
      default:
        return false;
    }
  };
  return collect(node) && found.length === 1 ? found[0] : undefined;
}

function isQuantity(func: Expression): boolean {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.name : '';
  return name === 'Quantity' || name === 'Q_';
}

function isUnit(node: Expression): boolean {
  if (node.kind === 'Constant') return typeof node.value === 'string';
  return node.kind === 'Name' || node.kind === 'Attribute';
}
