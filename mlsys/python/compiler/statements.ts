/** Statements: one function per kind of node makes the closure that runs it. */
import { raise, Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { changeNumberDisplay } from '../runtime/numberDisplay';
import { vm } from '../runtime/vm';
import type { Assert, Expression, ExprStatement, Magic, Name, Return, Statement } from '../syntax/ast';
import { changesNumberDisplay, magicEffect, magicName } from '../syntax/magic';
import { compileAnnAssign, compileAssign, compileAugAssign, compileDelete, readsOf } from './assignment';
import { compileClass } from './classes';
import { compileRaise, compileTry } from './exceptions';
import { compileExpression } from './expressions';
import { compileFunctionDef } from './functions';
import { bindingGiven } from './givenNames';
import { compileGuard } from './guards';
import { compileImport, compileImportFrom } from './imports';
import { compileFor, compileIf, compileWhile } from './loops';
import { compileMatch } from './match';
import { compileTest } from './operators';
import { recordedEnd } from './recording';
import { recover } from './recovery';
import type { Scope } from './scope';
import { compileTypeAlias } from './typeParams';
import { BREAK, CONTINUE, type Evaluate, type Execute, NORMAL, RETURN } from './unit';
import { compileWith } from './with';

/** The closure that runs statements one after the other until one does not end normally. */
export function compileBlock(statements: readonly Statement[], scope: Scope): Execute {
  const nodes = statements.filter(statement => !hasNoEffect(statement));
  return sequence(
    nodes.map(statement => compileStatement(statement, scope)),
    nodes,
    scope,
  );
}

/** Runs parts in order; past what cannot be done it goes on with the next (see `recovery.ts`). */
function sequence(parts: readonly Execute[], nodes: readonly Statement[], scope: Scope): Execute {
  const [first, second, third] = parts;
  switch (parts.length) {
    case 0:
      return () => NORMAL;
    case 1:
      return frame => {
        try {
          return first!(frame);
        } catch (error) {
          return recover(error, 0, nodes, parts, scope, frame);
        }
      };
    case 2:
      return frame => {
        let at = 0;
        const { pending } = vm;
        try {
          const completion = first!(frame);
          if (completion !== NORMAL) return completion;
          at = 1;
          vm.pending = pending;
          return second!(frame);
        } catch (error) {
          return recover(error, at, nodes, parts, scope, frame);
        }
      };
    case 3:
      return frame => {
        let at = 0;
        const { pending } = vm;
        try {
          let completion = first!(frame);
          if (completion !== NORMAL) return completion;
          at = 1;
          vm.pending = pending;
          completion = second!(frame);
          if (completion !== NORMAL) return completion;
          at = 2;
          vm.pending = pending;
          return third!(frame);
        } catch (error) {
          return recover(error, at, nodes, parts, scope, frame);
        }
      };
    default:
      return frame => {
        let at = 0;
        const { pending } = vm;
        try {
          for (; at < parts.length; at++) {
            vm.pending = pending;
            const completion = parts[at]!(frame);
            if (completion !== NORMAL) return completion;
          }
          return NORMAL;
        } catch (error) {
          return recover(error, at, nodes, parts, scope, frame);
        }
      };
  }
}

function hasNoEffect(statement: Statement): boolean {
  switch (statement.kind) {
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
      return true;
    case 'Magic':
      return magicOf(statement) === undefined && !changesNumberDisplay(statement.text);
    case 'ExprStatement':
      return statement.value.kind === 'Constant';
    default:
      return false;
  }
}

/** Cases in order of their frequency, as those of expressions. */
export function compileStatement(node: Statement, scope: Scope): Execute {
  switch (node.kind) {
    case 'Assign':
      return compileAssign(node, scope);
    case 'ExprStatement':
      return compileExpressionStatement(node, scope);
    case 'FunctionDef':
      return compileFunctionDef(node, scope);
    case 'ClassDef':
      return compileClass(node, scope);
    case 'Return':
      return compileReturn(node, scope);
    case 'Delete':
      return compileDelete(node, scope);
    case 'AugAssign':
      return compileAugAssign(node, scope);
    case 'AnnAssign':
      return compileAnnAssign(node, scope);
    case 'TypeAlias':
      return compileTypeAlias(node, scope);
    case 'For':
      return compileFor(node, scope);
    case 'While':
      return compileWhile(node, scope);
    case 'If':
      return compileIf(node, scope);
    case 'With':
      return compileWith(node, scope);
    case 'Match':
      return compileMatch(node, scope);
    case 'Raise':
      return compileRaise(node, scope);
    case 'Try':
      return compileTry(node, scope);
    case 'Assert':
      return compileAssert(node, scope);
    case 'Import':
      return compileImport(node, scope);
    case 'ImportFrom':
      return compileImportFrom(node, scope);
    case 'Break':
      return () => BREAK;
    case 'Continue':
      return () => CONTINUE;
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
      return () => NORMAL;
    case 'Magic':
      return compileMagic(node);
    case 'Broken':
      return () => {
        throw new Unsupported('a statement that does not parse', undefined, node);
      };
  }
}

/** What is refused of a magic that changes what a program sees. */
function magicOf({ text }: Magic): string | undefined {
  const { names, anything, star = false } = magicEffect(text);
  return names.length > 0 || anything || star ? named(text) : undefined;
}

function named(text: string): string {
  return `the magic ${/^%*/.exec(text)![0]}${magicName(text)}`;
}

function compileMagic(node: Magic): Execute {
  const refused = magicOf(node);
  if (refused === undefined)
    return frame => {
      if (changesNumberDisplay(node.text)) changeNumberDisplay(named(node.text), node, frame);
      return NORMAL;
    };
  return () => {
    throw new Unsupported(refused, undefined, node);
  };
}

function compileReturn(node: Return, scope: Scope): Execute {
  if (node.value === undefined)
    return frame => {
      frame.result = null;
      return RETURN;
    };
  const value = compileExpression(node.value, scope);
  return frame => {
    frame.result = value(frame);
    return RETURN;
  };
}

function compileExpressionStatement(node: ExprStatement, scope: Scope): Execute {
  const appended = scope.recorded ? appendedIn(node.value) : undefined;
  if (appended !== undefined) return compileAppend(node, appended, scope);
  const value = bindingGiven(node.value, scope, compileCall(node.value, scope));
  return frame => {
    value(frame);
    return NORMAL;
  };
}

function compileCall(node: Expression, scope: Scope): Evaluate {
  return compileGuard(node, scope) ?? compileExpression(node, scope);
}

interface Appended {
  readonly list: Name;
  readonly item: Expression;
}

/** `name.append(item)` */
function appendedIn(node: Expression): Appended | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.name !== 'append') return undefined;
  const { value: list } = node.func;
  const [item] = node.args;
  const isOne = node.args.length === 1 && node.keywords.length === 0;
  if (list.kind !== 'Name' || item === undefined || item.kind === 'Starred' || !isOne) return undefined;
  return { list, item };
}

/** A call of `append`, with a note of what the item was made of. */
function compileAppend(node: ExprStatement, { list, item }: Appended, scope: Scope): Execute {
  const reads = readsOf(scope)!;
  const value = scope.collecting(reads, compileCall, node.value);
  const owner = compileExpression(list, scope);
  const record = recordedEnd(list, item, scope, reads);
  return frame => {
    frame.trail = new Array(reads.length);
    value(frame);
    record(frame, owner(frame));
    return NORMAL;
  };
}

function compileAssert(node: Assert, scope: Scope): Execute {
  const test = compileTest(node.test, scope);
  const message = node.message === undefined ? undefined : compileExpression(node.message, scope);
  return (frame: Frame) => {
    if (test(frame)) return NORMAL;
    const args = message === undefined ? [] : [message(frame)];
    frame.at = node;
    throw raise('AssertionError', ...args);
  };
}
