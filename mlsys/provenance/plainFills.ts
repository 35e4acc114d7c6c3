/** Lists and dicts that are filled item by item and no more: what put an item there tells of it as it is written. */
import type { Expression, Span, Statement } from '../python/syntax/ast';
import { nodesIn } from '../python/syntax/nodes';
import { callsChange } from './contents';

/** True where statements do no more to a container than `d[key] = …` and `items.append(…)`, of values that no turn before made. */
export function isFilledOnly(statements: readonly Statement[], name: string): boolean {
  return statements.every(node => isPlain(node, name, new Set()));
}

function isPlain(node: Statement, name: string, carried: ReadonlySet<string>): boolean {
  if (!reads(node, name)) return true;
  switch (node.kind) {
    case 'For':
    case 'While': {
      const own = new Set([...carried, ...carriedIn(node)]);
      return [...node.body, ...node.orelse].every(one => isPlain(one, name, own));
    }
    case 'If':
      return [...node.body, ...node.orelse].every(one => isPlain(one, name, carried));
    case 'ExprStatement': {
      const { value } = node;
      if (value.kind !== 'Call') return true;
      const { func, args } = value;
      const isAppend = func.kind === 'Attribute' && isNamed(func.value, name) && func.attr.name === 'append';
      return isAppend && args.length === 1 && isOther(args[0]!, name, carried);
    }
    case 'Assign': {
      const [target] = node.targets;
      if (
        node.targets.length === 1 &&
        target!.kind === 'Subscript' &&
        target.index.kind !== 'Slice' &&
        isNamed(target.value, name)
      )
        return isOther(node.value, name, carried);
      return node.targets.every(one => one.kind === 'Name') && !mayChange(node.value, name);
    }
    case 'FunctionDef':
    case 'Assert':
      return true;
    default:
      return false;
  }
}

/** Names that a loop makes of what they had at the turn before. */
function carriedIn(loop: Span): Set<string> {
  const found = new Set<string>();
  for (const node of nodesIn(loop)) {
    if (node.kind === 'AugAssign' && node.target.kind === 'Name') found.add(node.target.id);
    if (node.kind !== 'Assign') continue;
    for (const one of node.targets) if (one.kind === 'Name' && reads(node.value, one.id)) found.add(one.id);
  }
  return found;
}

function isOther(value: Expression, name: string, carried: ReadonlySet<string>): boolean {
  return !reads(value, name) && ![...carried].some(one => reads(value, one));
}

/** True for another name of it, and for what calls something with it or on it that may change it. */
function mayChange(value: Expression, name: string): boolean {
  return isNamed(value, name) || callsChange(value, on => reads(on, name));
}

function isNamed(node: Expression, name: string): boolean {
  return node.kind === 'Name' && node.id === name;
}

function reads(node: Span, name: string): boolean {
  if (isNamed(node as Expression, name)) return true;
  for (const one of nodesIn(node)) if (one.kind === 'Name' && one.id === name) return true;
  return false;
}
