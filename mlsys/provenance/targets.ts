/** What a statement gave the one of its targets that was bound. */
import { PyList, PyTuple, type Value } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import type { Expression, NamedExpr, Span, Statement, WithItem } from '../python/syntax/ast';
import { sameValue } from '../session/same';
import { decorated } from './decorators';
import type { Part } from './graph';
import type { Environment, Tracer } from './tracer';

/** Statements that bind names. */
export const STATEMENTS: ReadonlySet<string> = new Set([
  'Assign',
  'AnnAssign',
  'AugAssign',
  'Import',
  'ImportFrom',
  'For',
  'With',
  'Match',
  'ClassDef',
  'FunctionDef',
  'ExprStatement',
]);

/** What made the value of a binding; `path` leads to it, innermost last. Undefined where that is not known. */
export function targetPart(
  path: readonly Span[],
  statement: Statement | undefined,
  binding: Binding,
  environment: Environment,
  tracer: Tracer,
): Part | undefined {
  const named = path.findLast((one): one is NamedExpr => (one as Partial<Expression>).kind === 'NamedExpr');
  if (named !== undefined && isAt(named.target, binding)) return tracer.trace(named.value, environment, binding.value);
  switch (statement?.kind) {
    case 'Assign':
      return assigned(statement.targets, statement.value, binding, environment, tracer);
    case 'AnnAssign':
      return statement.value && tracer.trace(statement.value, environment, binding.value);
    case 'AugAssign':
      return tracer.trace({ ...statement, kind: 'BinOp', left: statement.target, right: statement.value }, environment);
    case 'FunctionDef':
      return decorated(statement, binding.value, environment, tracer);
    case 'With':
      return entered(statement.items, binding, environment, tracer);
    case 'Match':
      return tracer.within(
        { start: statement.start, end: statement.subject.end },
        statement.subject,
        binding.value,
        environment,
      );
    case 'ExprStatement': {
      // What `items.append(…)` put there.
      const item = statement.value.kind === 'Call' ? statement.value.args.find(one => isAt(one, binding)) : undefined;
      return item && tracer.trace(item, environment, binding.value);
    }
    default:
      return undefined;
  }
}

/** True for a statement that gives a target more than the value that it says. */
export function isShared(statement: Statement, binding: Binding): boolean {
  return statement.kind === 'Assign' && !statement.targets.some(one => isAt(one, binding));
}

function isAt({ start, end }: Span, { span }: Binding): boolean {
  return start === span.start && end === span.end;
}

function assigned(
  targets: readonly Expression[],
  value: Expression,
  binding: Binding,
  environment: Environment,
  tracer: Tracer,
): Part | undefined {
  if (targets.some(one => isAt(one, binding))) return tracer.trace(value, environment, binding.value);
  const whole = tracer.trace(value, environment);
  for (const target of targets) {
    const found = taken(target, whole, binding, tracer);
    if (found === undefined) continue;
    tracer.makers.alsoMade(binding.value, found.value);
    return found;
  }
  return undefined;
}

/** What a target that is taken apart gives the one that was bound: `(a, b), *rest = …`. */
function taken(target: Expression, whole: Part, binding: Binding, tracer: Tracer): Part | undefined {
  if (isAt(target, binding)) return whole;
  if (target.kind !== 'Tuple' && target.kind !== 'List') return undefined;
  const { elements } = target;
  const at = elements.findIndex(one => one.start <= binding.span.start && binding.span.end <= one.end);
  const element = elements[at];
  if (element === undefined) return undefined;
  const items = heldBy(whole, tracer);
  const star = elements.findIndex(one => one.kind === 'Starred');
  if (items === undefined) return star < 0 && isAt(element, binding) ? itemOf(whole, at, binding.value) : undefined;
  const more = items.length - elements.length;
  if (element.kind === 'Starred') return rest(items.slice(at, at + more + 1), binding);
  const item = items[star >= 0 && at > star ? at + more : at];
  return item && taken(element, item, binding, tracer);
}

/** Of what is no tuple or list, an item is known by its index alone. */
function itemOf(of: Part, at: number, value: Value): Part {
  const index: Part = { kind: 'literal', code: String(at), value: BigInt(at), at: undefined };
  return { kind: 'item', of, index, value, at: of.at };
}

function heldBy(whole: Part, tracer: Tracer): readonly Part[] | undefined {
  if (whole.kind === 'display') return [...whole.items.values()];
  const { value } = whole;
  if (!(value instanceof PyTuple || value instanceof PyList) || value.items.length > MOST_ITEMS) return undefined;
  return value.items.map((item, at) => tracer.element(whole, BigInt(at), item));
}

/** So many items are told apart. */
const MOST_ITEMS = 200;

function rest(items: readonly Part[], { value }: Binding): Part | undefined {
  const isWhole = value instanceof PyList && value.items.length === items.length;
  if (!isWhole || !items.every((one, at) => sameValue(one.value, value.items[at]!))) return undefined;
  const code = `[${items.map(one => ('code' in one ? one.code : '…')).join(', ')}]`;
  return { kind: 'display', code, items: new Map(items.map((one, at) => [BigInt(at), one])), value, at: undefined };
}

/** What a context manager gave: of what it does with that, no more is known than what it was made of. */
function entered(
  items: readonly WithItem[],
  binding: Binding,
  environment: Environment,
  tracer: Tracer,
): Part | undefined {
  const item = items.find(({ target }) => target !== undefined && isAt(target, binding));
  if (item === undefined) return undefined;
  const { context, target } = item;
  return tracer.within({ start: context.start, end: target!.end }, context, binding.value, environment);
}
