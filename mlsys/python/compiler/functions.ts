/** `def` and `lambda`. Bodies are compiled when they are first called. */
import { PyDict } from '../runtime/dict';
import { Unsupported } from '../runtime/errors';
import type { Cell, Frame } from '../runtime/frame';
import { type FunctionCode, PyFunction, PyLibraryFunction } from '../runtime/function';
import { type Body, PyGenerator } from '../runtime/generator';
import { PyTuple, type Value } from '../runtime/objects';
import type { Expression, FunctionDef, Lambda, Parameters, Statement } from '../syntax/ast';
import { annotationValue } from './assignment';
import { applyDecorators } from './decorators';
import { compileExpression } from './expressions';
import { compileGeneratorBody } from './generators';
import { guardOf } from './guardFunctions';
import { recordedStore } from './recording';
import { guarded } from './recovery';
import { definitions } from './referents';
import type { Scope } from './scope';
import { compileBlock } from './statements';
import { compileTypeParams } from './typeParams';
import { type Evaluate, type Execute, NORMAL, RETURN, scopeOf, textOf } from './unit';
import { containsYield } from './yields';

/** The text of the docstring, if the body starts with one. */
export function docstring(body: readonly Statement[]): string | undefined {
  const first = body[0];
  if (first?.kind !== 'ExprStatement' || first.value.kind !== 'Constant') return undefined;
  const { value } = first.value;
  return typeof value === 'string' ? cleanDoc(value) : undefined;
}

/** Takes the common indentation away, as the compiler of CPython 3.13 does. */
function cleanDoc(text: string): string {
  if (!/[\n\t]/.test(text) && !text.startsWith(' ')) return text;
  const lines = text.split('\n').map(line => expandTabs(line));
  let margin = Number.POSITIVE_INFINITY;
  for (const line of lines.slice(1)) {
    const content = line.trimStart();
    if (content !== '') margin = Math.min(margin, line.length - content.length);
  }
  const [first = '', ...rest] = lines;
  const cut = Number.isFinite(margin) ? margin : 0;
  return [first.replace(/^ +/, ''), ...rest.map(line => line.slice(Math.min(cut, leading(line))))].join('\n');
}

function leading(line: string): number {
  return line.length - line.replace(/^ +/, '').length;
}

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let result = '';
  for (const ch of line) result += ch === '\t' ? ' '.repeat(8 - (result.length % 8)) : ch;
  return result;
}

/** What a `def` or `lambda` is made of, evaluated where it stands. */
interface Definition {
  readonly code: FunctionCode;
  readonly make: (frame: Frame) => PyFunction;
}

function define(node: FunctionDef | Lambda, scope: Scope, annotationScope: Scope): Definition {
  const inner = scopeOf(node, scope);
  const { params } = node;
  const positional = [...params.positionalOnly, ...params.positional]
    .filter(parameter => parameter.defaultValue !== undefined)
    .map(parameter => compileExpression(parameter.defaultValue!, scope));
  const keywordOnly = params.keywordOnly
    .filter(parameter => parameter.defaultValue !== undefined)
    .map(parameter => ({
      name: inner.mangle(parameter.name.name),
      value: compileExpression(parameter.defaultValue!, scope),
    }));
  const annotations = compileAnnotations(params, node.kind === 'Lambda' ? undefined : node.returns, annotationScope);
  const captured = inner.free.map(name => annotationScope.cellSlot(name));
  const code = codeOf(node, inner);
  const qualname = qualifiedName(inner.name, scope);
  const make = (frame: Frame): PyFunction => {
    const defaults = positional.map(value => value(frame));
    let keywordDefaults: Map<string, Value> | undefined;
    for (const { name, value } of keywordOnly) {
      keywordDefaults ??= new Map();
      keywordDefaults.set(name, value(frame));
    }
    const closure = captured.map(slot => frame.slots[slot] as Cell);
    const made = new (code.text.library === true ? PyLibraryFunction : PyFunction)(code, frame.globals, {
      qualname,
      defaults,
      keywordDefaults,
      closure,
    });
    made.annotations = annotations?.(frame);
    return made;
  };
  return { code, make };
}

function qualifiedName(name: string, scope: Scope): string {
  return (scope.host.kind === 'function' && scope.host.globals.has(name) ? '' : scope.qualifier) + name;
}

function codeOf(node: FunctionDef | Lambda, inner: Scope): FunctionCode {
  const body = node.kind === 'Lambda' ? undefined : node.body;
  const source = textOf(node, inner.unit);
  // Few functions are generators, and a body is large to walk through.
  const isGenerator =
    source.includes('yield') && (node.kind === 'Lambda' ? containsYield(node.body) : node.body.some(containsYield));
  const code: { -readonly [key in keyof FunctionCode]: FunctionCode[key] } = {
    name: inner.name,
    signature: inner.signature!,
    file: inner.unit.file,
    span: { start: node.start, end: node.end },
    source,
    text: inner.unit,
    doc: body === undefined ? undefined : docstring(body),
    size: inner.size,
    cellParameters: inner.cellParameters,
    cells: inner.cells,
    free: inner.free,
    firstFree: inner.firstFree,
    isGenerator,
    guard: node.kind === 'Lambda' || isGenerator ? undefined : guardOf(node, isMethod(node, inner)),
    run: frame => {
      code.run = compileBody(node, inner, code);
      code.size = inner.size;
      return code.run(frame);
    },
  };
  definitions.set(code, { node, scope: inner });
  return code;
}

/** True for a function that is called with an object first. */
function isMethod({ decorators }: FunctionDef, { parent }: Scope): boolean {
  if (parent?.kind !== 'class') return false;
  return !decorators.some(one => one.kind === 'Name' && one.id === 'staticmethod');
}

function compileBody(node: FunctionDef | Lambda, inner: Scope, code: FunctionCode): (frame: Frame) => Value {
  if (code.isGenerator) {
    const body = compileGeneratorBody(node, inner);
    return frame => {
      const generator: Body = body(frame);
      const made = new PyGenerator(code.name, qualifiedName(code.name, inner.parent!), code.file, frame, generator);
      made.code = code;
      return made;
    };
  }
  if (node.kind === 'Lambda') return guarded(compileExpression(node.body, inner), node.body, inner);
  // A function that is one `return` needs no completion.
  const statements = docstring(node.body) === undefined ? node.body : node.body.slice(1);
  const [only] = statements;
  if (statements.length === 1 && only!.kind === 'Return')
    return only.value === undefined ? () => null : guarded(compileExpression(only.value, inner), only.value, inner);
  const run = compileBlock(statements, inner);
  return frame => (run(frame) === RETURN ? frame.result : null);
}

function compileAnnotations(
  params: Parameters,
  returns: Expression | undefined,
  scope: Scope,
): ((frame: Frame) => PyDict) | undefined {
  const parts: { readonly name: string; readonly value: Evaluate }[] = [];
  const { positionalOnly, positional, rest, keywordOnly, keywords } = params;
  const inOrder = [
    ...positionalOnly,
    ...positional,
    ...(rest ? [rest] : []),
    ...keywordOnly,
    ...(keywords ? [keywords] : []),
  ];
  for (const parameter of inOrder)
    if (parameter.annotation !== undefined)
      parts.push({ name: scope.mangle(parameter.name.name), value: annotationValue(parameter.annotation, scope) });
  if (returns !== undefined) parts.push({ name: 'return', value: annotationValue(returns, scope) });
  if (parts.length === 0) return undefined;
  return frame => {
    const dict = new PyDict();
    for (const part of parts) dict.set(part.name, part.value(frame));
    return dict;
  };
}

export function compileLambda(node: Lambda, scope: Scope): Evaluate {
  return define(node, scope, scope).make;
}

export function compileFunctionDef(node: FunctionDef, scope: Scope): Execute {
  if (node.async)
    return () => {
      throw new Unsupported('async def', 'write an ordinary function', node.name);
    };
  const typed = compileTypeParams(node.typeParams, scope);
  const { make } = define(node, scope, typed?.scope ?? scope);
  const decorate = applyDecorators(node.decorators, scope);
  const store = recordedStore(node.name, node.name.name, scope, scope.recorded ? [] : undefined);
  return frame => {
    const decorators = decorate.evaluate(frame);
    const params = typed?.make(frame);
    const made = make(frame);
    if (params !== undefined) made.typeParams = new PyTuple(params);
    frame.at = node.name;
    store(frame, decorate.apply(frame, decorators, made));
    return NORMAL;
  };
}
