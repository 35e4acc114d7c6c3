/** Puts our syntax trees into the shape in which `fixtures/python/syntax/expected.py` writes CPython's. */
import type {
  Alias,
  Comprehension,
  ConstantValue,
  Expression,
  FormattedValue,
  Keyword,
  Module,
  Parameter,
  Parameters,
  Pattern,
  Span,
  Statement,
  TypeParam,
} from '../../mlsys/python/syntax/ast';

export type Tree = null | number | string | Tree[] | { [key: string]: Tree };

const OPERATORS: Record<string, string> = {
  '+': 'Add',
  '-': 'Sub',
  '*': 'Mult',
  '/': 'Div',
  '//': 'FloorDiv',
  '%': 'Mod',
  '**': 'Pow',
  '@': 'MatMult',
  '<<': 'LShift',
  '>>': 'RShift',
  '&': 'BitAnd',
  '|': 'BitOr',
  '^': 'BitXor',
};
const UNARY: Record<string, string> = { '-': 'USub', '+': 'UAdd', '~': 'Invert', not: 'Not' };
const COMPARISONS: Record<string, string> = {
  '==': 'Eq',
  '!=': 'NotEq',
  '<': 'Lt',
  '<=': 'LtE',
  '>': 'Gt',
  '>=': 'GtE',
  is: 'Is',
  'is not': 'IsNot',
  in: 'In',
  'not in': 'NotIn',
};

/** `float.hex()` */
function hexOf(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan';
  if (value === 0) return Object.is(value, -0) ? '-0x0.0p+0' : '0x0.0p+0';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const digits = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${value < 0 ? '-' : ''}0x${exponent === 0 ? 0 : 1}.${digits}p${power < 0 ? '' : '+'}${power}`;
}

function text(value: string): Tree {
  if (/^[\x20-\x7e]*$/.test(value)) return `s${value}`;
  return ['s', ...Array.from({ length: value.length }, (_, at) => value.charCodeAt(at))];
}

function constant(value: ConstantValue): Tree {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return `i${value}`;
  if (typeof value === 'number') return `f${hexOf(value)}`;
  if (typeof value === 'string') return text(value);
  if (value.type === 'complex') return `c${hexOf(value.imag)}`;
  return value.type === 'ellipsis'
    ? 'E'
    : `b${[...value.data].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The tree of a module as CPython has it. */
export function cpythonTree(module: Module, source: string): Tree {
  const list = (nodes: readonly (Statement | Expression | Pattern)[]): Tree[] => nodes.map(one);
  const maybe = (node: Expression | Pattern | undefined): Tree => (node === undefined ? null : one(node));
  const at = (span: Span): Tree => [span.start, span.end];

  function parameter({ name, annotation }: Parameter): Tree {
    const end = annotation?.end ?? name.end;
    return { k: 'arg', arg: name.name, annotation: maybe(annotation), at: [name.start, end] };
  }

  function parameters(params: Parameters): Tree {
    const positional = [...params.positionalOnly, ...params.positional];
    return {
      k: 'arguments',
      posonlyargs: params.positionalOnly.map(parameter),
      args: params.positional.map(parameter),
      vararg: params.rest === undefined ? null : parameter(params.rest),
      kwonlyargs: params.keywordOnly.map(parameter),
      kw_defaults: params.keywordOnly.map(one => maybe(one.defaultValue)),
      kwarg: params.keywords === undefined ? null : parameter(params.keywords),
      defaults: positional.filter(one => one.defaultValue !== undefined).map(one => maybe(one.defaultValue)),
    };
  }

  function parts(pieces: readonly (string | FormattedValue)[]): Tree[] {
    const values: Tree[] = [];
    let literal = '';
    const flush = () => {
      if (literal !== '') values.push(text(literal));
      literal = '';
    };
    for (const piece of pieces) {
      if (typeof piece === 'string') literal += piece;
      else {
        literal += piece.selfDocumenting ?? '';
        flush();
        values.push({
          k: 'FormattedValue',
          value: one(piece.value),
          conversion: piece.conversion?.charCodeAt(0) ?? -1,
          format_spec: piece.spec === undefined ? null : parts(piece.spec),
        });
      }
    }
    flush();
    return values;
  }

  const generators = (clauses: readonly Comprehension[]): Tree =>
    clauses.map(clause => ({
      k: 'comprehension',
      target: one(clause.target),
      iter: one(clause.iter),
      ifs: list(clause.ifs),
      is_async: clause.async ? 1 : 0,
    }));

  const keyword = (node: Keyword): Tree => ({
    k: 'keyword',
    arg: node.name?.name ?? null,
    value: one(node.value),
    at: at(node),
  });

  const aliases = (names: readonly Alias[]): Tree =>
    names.map(node => ({ k: 'alias', name: node.name.name, asname: node.asname?.name ?? null, at: at(node) }));

  const typeParams = (params: readonly TypeParam[]): Tree =>
    params.map(node => {
      const stars = source.startsWith('**', node.start) ? 2 : source.startsWith('*', node.start) ? 1 : 0;
      const kind = ['TypeVar', 'TypeVarTuple', 'ParamSpec'][stars]!;
      const made: Record<string, Tree> = { k: kind, name: node.name.name, at: at(node) };
      if (stars === 0) made.bound = maybe(node.bound);
      return made;
    });

  function one(node: Statement | Expression | Pattern): Tree {
    const decorated = 'decorators' in node && node.decorators.length > 0;
    return { k: node.kind, ...fields(node), at: [decorated ? -1 : node.start, node.end] };
  }

  function fields(node: Statement | Expression | Pattern): Record<string, Tree> {
    switch (node.kind) {
      case 'FunctionDef':
        return {
          k: node.async ? 'AsyncFunctionDef' : 'FunctionDef',
          name: node.name.name,
          args: parameters(node.params),
          body: list(node.body),
          decorator_list: list(node.decorators),
          returns: maybe(node.returns),
          type_params: typeParams(node.typeParams),
        };
      case 'ClassDef':
        return {
          name: node.name.name,
          bases: list(node.bases),
          keywords: node.keywords.map(keyword),
          body: list(node.body),
          decorator_list: list(node.decorators),
          type_params: typeParams(node.typeParams),
        };
      case 'Return':
      case 'Yield':
        return { value: maybe(node.value) };
      case 'Delete':
        return { targets: list(node.targets) };
      case 'Assign':
        return { targets: list(node.targets), value: one(node.value) };
      case 'AugAssign':
        return { target: one(node.target), op: OPERATORS[node.op]!, value: one(node.value) };
      case 'AnnAssign':
        return { target: one(node.target), annotation: one(node.annotation), value: maybe(node.value) };
      case 'TypeAlias': {
        const name = { k: 'Name', id: node.name.name, at: at(node.name) };
        return { name, type_params: typeParams(node.typeParams), value: one(node.value) };
      }
      case 'For':
        return {
          k: node.async ? 'AsyncFor' : 'For',
          target: one(node.target),
          iter: one(node.iter),
          body: list(node.body),
          orelse: list(node.orelse),
        };
      case 'While':
      case 'If':
        return { test: one(node.test), body: list(node.body), orelse: list(node.orelse) };
      case 'With': {
        const items = node.items.map(item => ({
          k: 'withitem',
          context_expr: one(item.context),
          optional_vars: maybe(item.target),
        }));
        return { k: node.async ? 'AsyncWith' : 'With', items, body: list(node.body) };
      }
      case 'Match': {
        const cases = node.cases.map(item => ({
          k: 'match_case',
          pattern: one(item.pattern),
          guard: maybe(item.guard),
          body: list(item.body),
        }));
        return { subject: one(node.subject), cases };
      }
      case 'Raise':
        return { exc: maybe(node.exc), cause: maybe(node.cause) };
      case 'Try': {
        const handlers = node.handlers.map(handler => ({
          k: 'ExceptHandler',
          type: maybe(handler.type),
          name: handler.name?.name ?? null,
          body: list(handler.body),
          at: at(handler),
        }));
        const rest = { orelse: list(node.orelse), finalbody: list(node.finalbody) };
        return { k: node.star ? 'TryStar' : 'Try', body: list(node.body), handlers, ...rest };
      }
      case 'Assert':
        return { test: one(node.test), msg: maybe(node.message) };
      case 'Import':
        return { names: aliases(node.names) };
      case 'ImportFrom':
        return { module: node.module?.name ?? null, names: aliases(node.names), level: node.level };
      case 'Global':
      case 'Nonlocal':
        return { names: node.names.map(name => name.name) };
      case 'ExprStatement':
        return { k: 'Expr', value: one(node.value) };
      case 'Pass':
      case 'Break':
      case 'Continue':
      case 'Broken':
        return {};
      case 'Magic':
        return { text: node.text };
      case 'Name':
        return { id: node.id };
      case 'Constant':
        return { v: constant(node.value) };
      case 'JoinedStr':
        return { values: parts(node.parts) };
      case 'BoolOp':
        return { op: node.op === 'and' ? 'And' : 'Or', values: list(node.values) };
      case 'NamedExpr':
        return { target: one(node.target), value: one(node.value) };
      case 'BinOp':
        return { left: one(node.left), op: OPERATORS[node.op]!, right: one(node.right) };
      case 'UnaryOp':
        return { op: UNARY[node.op]!, operand: one(node.operand) };
      case 'Lambda':
        return { args: parameters(node.params), body: one(node.body) };
      case 'IfExp':
        return { test: one(node.test), body: one(node.body), orelse: one(node.orelse) };
      case 'Dict':
        return {
          keys: node.entries.map(entry => maybe(entry.key)),
          values: node.entries.map(entry => one(entry.value)),
        };
      case 'Set':
      case 'List':
      case 'Tuple':
        return { elts: list(node.elements) };
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        return { elt: one(node.element), generators: generators(node.generators) };
      case 'DictComp':
        return { key: one(node.key), value: one(node.value), generators: generators(node.generators) };
      case 'Await':
      case 'YieldFrom':
      case 'Starred':
      case 'MatchValue':
        return { value: one(node.value) };
      case 'Compare': {
        const ops = node.ops.map(op => COMPARISONS[op]!);
        return { left: one(node.left), ops, comparators: list(node.comparators) };
      }
      case 'Call':
        return { func: one(node.func), args: list(node.args), keywords: node.keywords.map(keyword) };
      case 'Attribute':
        return { value: one(node.value), attr: node.attr.name };
      case 'Subscript':
        return { value: one(node.value), slice: one(node.index) };
      case 'Slice':
        return { lower: maybe(node.lower), upper: maybe(node.upper), step: maybe(node.step) };
      case 'MatchSingleton':
        return { value: constant(node.value) };
      case 'MatchSequence':
      case 'MatchOr':
        return { patterns: list(node.patterns) };
      case 'MatchMapping':
        return { keys: list(node.keys), patterns: list(node.patterns), rest: node.rest?.name ?? null };
      case 'MatchClass':
        return {
          cls: one(node.cls),
          patterns: list(node.patterns),
          kwd_attrs: node.keywords.map(item => item.name.name),
          kwd_patterns: node.keywords.map(item => one(item.pattern)),
        };
      case 'MatchStar':
        return { name: node.name?.name ?? null };
      case 'MatchAs':
        return { pattern: maybe(node.pattern), name: node.name?.name ?? null };
    }
  }

  return { k: 'Module', body: list(module.body) };
}
