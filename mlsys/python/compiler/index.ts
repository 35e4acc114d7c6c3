/** Compiles programs and expressions to closures. A compiled module is pure: it may run any number of times. */
import './escaping';
import { raise, Unsupported } from '../runtime/errors';
import { Cell, Frame, locate, moduleFrames, type Slot, type SourceText } from '../runtime/frame';
import type { Globals } from '../runtime/globals';
import type { Value } from '../runtime/objects';
import { vm } from '../runtime/vm';
import type { Expression, Module, Statement } from '../syntax/ast';
import type { Program } from '../syntax/program';
import { compileExpression as compileNode } from './expressions';
import { docstring } from './functions';
import { bindingGiven } from './givenNames';
import { compileGuard } from './guards';
import { abandon, endsAt, guarded, recovered } from './recovery';
import type { Scope } from './scope';
import { compileStatement } from './statements';
import { findScopes } from './symbols';
import { type Evaluate, type Execute, NORMAL, type Unit } from './unit';

export interface CompiledModule {
  readonly program: Program;
  /** Runs the module's statements, and `finish` at their end; names go to `globals`. The value of the last one, where that is an expression. */
  run(globals: Globals, finish?: () => void): Value | undefined;
}

interface Code {
  readonly text: SourceText;
  readonly nodes: readonly Statement[];
  readonly scope: Scope;
  readonly statements: readonly Execute[];
  /** The last statement, where that is an expression. */
  readonly last: Evaluate | undefined;
  readonly size: () => number;
  readonly cells: readonly number[];
}

/** How a program is compiled. */
export interface CompileOptions {
  /** True for the library's own. */
  readonly library?: boolean;
  /** True for what is likely to run again, such as a module that several chapters import. */
  readonly lasting?: boolean;
}

/** Compiles a program. One with syntax issues is refused: the caller shows them instead. */
export function compileModule(
  program: Program,
  { library = false, lasting = false }: CompileOptions = {},
): CompiledModule {
  // Most cells run once in their lives, and closures are most of what they would leave: those of a program that runs
  // again are kept from its second run on.
  let kept: Code | undefined;
  let ran = lasting;
  const doc = docstring(program.module.body);
  return {
    program,
    run(globals, finish) {
      const [issue] = program.issues;
      if (issue !== undefined) {
        const error = raise('SyntaxError', issue.message);
        error.exception.trace.push({ file: program.file, function: '<module>', span: issue.span });
        throw error;
      }
      const code = kept ?? compileCode(program.module, program.file, program.source, library);
      if (ran) kept = code;
      ran = true;
      if (doc !== undefined) globals.set('__doc__', doc);
      return execute(code, globals, program.file, finish);
    },
  };
}

function compileCode(module: Module, file: string, source: string, library: boolean): Code {
  const unit: Unit = { file, source, library, scopes: new Map(), lazyAnnotations: importsAnnotations(module.body) };
  const root = findScopes(module, unit);
  const final = module.body.at(-1);
  const shown = final?.kind === 'ExprStatement' ? final.value : undefined;
  const before = shown === undefined ? module.body : module.body.slice(0, -1);
  const statements = before.map(statement => compileStatement(statement, root));
  const last =
    shown === undefined
      ? undefined
      : bindingGiven(shown, root, guarded(compileGuard(shown, root) ?? compileNode(shown, root), shown, root));
  return { text: unit, nodes: module.body, scope: root, statements, last, size: () => root.size, cells: root.cells };
}

function execute(code: Code, globals: Globals, file: string, finish?: () => void): Value | undefined {
  const frame = new Frame(new Array<Slot>(code.size()), globals, code.text);
  for (const slot of code.cells) frame.slots[slot] = new Cell(undefined);
  const outer = vm.frame;
  const { running } = vm;
  const { pending } = vm;
  frame.back = running;
  moduleFrames.add(frame);
  vm.frame = frame;
  vm.running = frame;
  vm.begin(frame, file);
  vm.enter();
  let at = 0;
  try {
    let ended = false;
    for (; at < code.statements.length && !ended; at++) {
      vm.step();
      vm.pending = pending;
      try {
        if (code.statements[at]!(frame) !== NORMAL)
          throw new Unsupported('a statement outside its loop or function', undefined, frame.at);
      } catch (error) {
        ended = endsAt(at, error, code.nodes, code.scope, frame);
      }
    }
    let value: Value | undefined;
    if (code.last !== undefined && !ended) {
      vm.step();
      vm.pending = pending;
      try {
        value = code.last(frame);
      } catch (error) {
        value = recovered(error, code.nodes.slice(at), code.scope, frame);
      }
    }
    // What is refused at the end concerns all that ran.
    at = 0;
    finish?.();
    return value;
  } catch (error) {
    abandon(error, code.nodes.slice(at), code.scope, frame);
    throw locate(error, frame, '<module>', file);
  } finally {
    vm.leave();
    vm.running = running;
    vm.frame = outer;
  }
}

function importsAnnotations(body: readonly Statement[]): boolean {
  return body.some(
    statement =>
      statement.kind === 'ImportFrom' &&
      statement.module?.name === '__future__' &&
      statement.names.some(alias => alias.name.name === 'annotations'),
  );
}

/** Compiles an expression that stands alone, such as an inline reference. */
export function compileExpression(expression: Expression, file: string, source = ''): (globals: Globals) => Value {
  const unit: Unit = { file, source, library: false, scopes: new Map(), lazyAnnotations: false };
  const root = findScopes(expression, unit);
  const evaluate = guarded(compileNode(expression, root), expression, root);
  return globals => {
    const frame = new Frame(new Array<Slot>(root.size), globals, unit);
    const { frame: outer, running } = vm;
    frame.back = running;
    moduleFrames.add(frame);
    vm.frame = frame;
    vm.running = frame;
    vm.enter();
    try {
      return evaluate(frame);
    } catch (error) {
      throw locate(error, frame, '<module>', file);
    } finally {
      vm.leave();
      vm.running = running;
      vm.frame = outer;
    }
  };
}
