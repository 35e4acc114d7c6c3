/**
 * The syntax tree of the supported Python. Names follow CPython's `ast` module, so that whoever knows one knows the
 * other. Ranges are UTF-16 offsets into the parsed source, end exclusive. Trees are immutable once parsed: a reused
 * statement may be shared by two programs, where its text and its offsets are the same in both.
 */

/** Where a node stands: UTF-16 offsets into the source of its program, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Module extends Span {
  readonly kind: 'Module';
  readonly body: readonly Statement[];
  /**
   * True where nothing opens a scope but class bodies, and nothing stands that may be a fault in its place (a `return`, a
   * starred target): what most cells are. Nobody need walk such a tree to find its scopes and its faults.
   */
  readonly flat: boolean;
}

// ---------------------------------------------------------------------------------------------- statements

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | TypeAlias
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStatement
  | Pass
  | Break
  | Continue
  | Magic
  | Broken;

export interface FunctionDef extends Span {
  readonly kind: 'FunctionDef';
  readonly name: Identifier;
  readonly params: Parameters;
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly returns: Expression | undefined;
  readonly typeParams: readonly TypeParam[];
  /** `async def`: parsed, then refused as unsupported when it runs. */
  readonly async: boolean;
}

export interface ClassDef extends Span {
  readonly kind: 'ClassDef';
  readonly name: Identifier;
  readonly bases: readonly Argument[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly typeParams: readonly TypeParam[];
}

/** A name with its place: of a definition, a parameter, an imported module, a keyword. */
export interface Identifier extends Span {
  readonly name: string;
}

export interface TypeParam extends Span {
  /** `*Ts` and `**P` have one or two. */
  readonly stars: 0 | 1 | 2;
  readonly name: Identifier;
  readonly bound: Expression | undefined;
  readonly defaultValue: Expression | undefined;
}

export interface Parameters {
  readonly positionalOnly: readonly Parameter[];
  readonly positional: readonly Parameter[];
  readonly rest: Parameter | undefined;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords: Parameter | undefined;
}

export interface Parameter extends Span {
  readonly name: Identifier;
  readonly annotation: Expression | undefined;
  readonly defaultValue: Expression | undefined;
}

export interface Return extends Span {
  readonly kind: 'Return';
  readonly value: Expression | undefined;
}

export interface Delete extends Span {
  readonly kind: 'Delete';
  readonly targets: readonly Expression[];
}

export interface Assign extends Span {
  readonly kind: 'Assign';
  /** `a = b = value` has two targets. */
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface AugAssign extends Span {
  readonly kind: 'AugAssign';
  readonly target: Name | Attribute | Subscript;
  readonly op: BinaryOperator;
  readonly value: Expression;
}

export interface AnnAssign extends Span {
  readonly kind: 'AnnAssign';
  readonly target: Name | Attribute | Subscript;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}

export interface TypeAlias extends Span {
  readonly kind: 'TypeAlias';
  readonly name: Identifier;
  readonly typeParams: readonly TypeParam[];
  readonly value: Expression;
}

export interface For extends Span {
  readonly kind: 'For';
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
  readonly async: boolean;
}

export interface While extends Span {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface If extends Span {
  readonly kind: 'If';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface With extends Span {
  readonly kind: 'With';
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
  readonly async: boolean;
}

export interface WithItem {
  readonly context: Expression;
  readonly target: Expression | undefined;
}

export interface Match extends Span {
  readonly kind: 'Match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends Span {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: readonly Statement[];
}

export interface Raise extends Span {
  readonly kind: 'Raise';
  readonly exc: Expression | undefined;
  readonly cause: Expression | undefined;
}

export interface Try extends Span {
  readonly kind: 'Try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
  /** `except*` */
  readonly star: boolean;
}

export interface ExceptHandler extends Span {
  readonly type: Expression | undefined;
  readonly name: Identifier | undefined;
  readonly body: readonly Statement[];
}

export interface Assert extends Span {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly message: Expression | undefined;
}

export interface Import extends Span {
  readonly kind: 'Import';
  readonly names: readonly Alias[];
}

export interface ImportFrom extends Span {
  readonly kind: 'ImportFrom';
  /** Undefined for `from . import x`. */
  readonly module: Identifier | undefined;
  /** Number of leading dots. */
  readonly level: number;
  /** A single alias named `*` for a star import. */
  readonly names: readonly Alias[];
}

export interface Alias extends Span {
  /** Dotted in `import a.b`. */
  readonly name: Identifier;
  readonly asname: Identifier | undefined;
}

export interface Global extends Span {
  readonly kind: 'Global';
  readonly names: readonly Identifier[];
}

export interface Nonlocal extends Span {
  readonly kind: 'Nonlocal';
  readonly names: readonly Identifier[];
}

export interface ExprStatement extends Span {
  readonly kind: 'ExprStatement';
  readonly value: Expression;
}

export interface Pass extends Span {
  readonly kind: 'Pass';
}

export interface Break extends Span {
  readonly kind: 'Break';
}

export interface Continue extends Span {
  readonly kind: 'Continue';
}

/** An IPython line such as `%matplotlib inline` or `!ls`: tolerated, never run. */
export interface Magic extends Span {
  readonly kind: 'Magic';
  readonly text: string;
}

/** Where a statement could not be parsed; the program's issues say why. The rest of the tree is sound. */
export interface Broken extends Span {
  readonly kind: 'Broken';
}

// ---------------------------------------------------------------------------------------------- expressions

export type Expression =
  | Name
  | Constant
  | JoinedStr
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetDisplay
  | List
  | Tuple
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | Attribute
  | Subscript
  | Slice
  | Starred;

export interface Name extends Span {
  readonly kind: 'Name';
  readonly id: string;
}

export interface Constant extends Span {
  readonly kind: 'Constant';
  readonly value: ConstantValue;
}

/** A literal: int as bigint, float as number; complex, bytes and `...` are tagged. */
export type ConstantValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | { readonly type: 'complex'; readonly imag: number }
  | { readonly type: 'bytes'; readonly data: Uint8Array }
  | { readonly type: 'ellipsis' };

/** An f-string, implicit concatenation included: literal parts as `string`, fields as `FormattedValue`. */
export interface JoinedStr extends Span {
  readonly kind: 'JoinedStr';
  readonly parts: readonly (string | FormattedValue)[];
  /** A template string is among the literals: parsed, then refused as unsupported when it runs. */
  readonly template: boolean;
  /** The name of a character, of `\N{…}`, that is not in the table: refused when it runs. */
  readonly unnamed: string | undefined;
}

export interface FormattedValue extends Span {
  readonly value: Expression;
  readonly conversion: 's' | 'r' | 'a' | undefined;
  readonly spec: readonly (string | FormattedValue)[] | undefined;
  /** Source text before `=` in `{x = }`, the `=` and blanks included. */
  readonly selfDocumenting: string | undefined;
}

export interface BoolOp extends Span {
  readonly kind: 'BoolOp';
  readonly op: 'and' | 'or';
  readonly values: readonly Expression[];
}

export interface NamedExpr extends Span {
  readonly kind: 'NamedExpr';
  readonly target: Name;
  readonly value: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';

export interface BinOp extends Span {
  readonly kind: 'BinOp';
  readonly left: Expression;
  readonly op: BinaryOperator;
  readonly right: Expression;
}

export type UnaryOperator = '-' | '+' | '~' | 'not';

export interface UnaryOp extends Span {
  readonly kind: 'UnaryOp';
  readonly op: UnaryOperator;
  readonly operand: Expression;
}

export interface Lambda extends Span {
  readonly kind: 'Lambda';
  readonly params: Parameters;
  readonly body: Expression;
}

export interface IfExp extends Span {
  readonly kind: 'IfExp';
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

export interface Dict extends Span {
  readonly kind: 'Dict';
  /** A key of `undefined` marks `**value`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}

export interface SetDisplay extends Span {
  readonly kind: 'Set';
  readonly elements: readonly Expression[];
}

export interface List extends Span {
  readonly kind: 'List';
  readonly elements: readonly Expression[];
}

export interface Tuple extends Span {
  readonly kind: 'Tuple';
  readonly elements: readonly Expression[];
}

export interface Comprehension {
  readonly target: Expression;
  readonly iter: Expression;
  readonly ifs: readonly Expression[];
  readonly async: boolean;
}

export interface ListComp extends Span {
  readonly kind: 'ListComp';
  readonly element: Expression;
  readonly generators: readonly Comprehension[];
}

export interface SetComp extends Span {
  readonly kind: 'SetComp';
  readonly element: Expression;
  readonly generators: readonly Comprehension[];
}

export interface DictComp extends Span {
  readonly kind: 'DictComp';
  readonly key: Expression;
  readonly value: Expression;
  readonly generators: readonly Comprehension[];
}

export interface GeneratorExp extends Span {
  readonly kind: 'GeneratorExp';
  readonly element: Expression;
  readonly generators: readonly Comprehension[];
}

export interface Await extends Span {
  readonly kind: 'Await';
  readonly value: Expression;
}

export interface Yield extends Span {
  readonly kind: 'Yield';
  readonly value: Expression | undefined;
}

export interface YieldFrom extends Span {
  readonly kind: 'YieldFrom';
  readonly value: Expression;
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export interface Compare extends Span {
  readonly kind: 'Compare';
  readonly left: Expression;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expression[];
}

export interface Call extends Span {
  readonly kind: 'Call';
  readonly func: Expression;
  readonly args: readonly Argument[];
  readonly keywords: readonly Keyword[];
}

/** A positional argument; `*iterable` is a `Starred`. */
export type Argument = Expression;

export interface Keyword extends Span {
  /** Undefined for `**mapping`. */
  readonly name: Identifier | undefined;
  readonly value: Expression;
}

export interface Attribute extends Span {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attr: Identifier;
}

export interface Subscript extends Span {
  readonly kind: 'Subscript';
  readonly value: Expression;
  readonly index: Expression;
}

/** Only inside a `Subscript`, alone or in its tuple. */
export interface Slice extends Span {
  readonly kind: 'Slice';
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}

export interface Starred extends Span {
  readonly kind: 'Starred';
  readonly value: Expression;
}

// ---------------------------------------------------------------------------------------------- patterns

export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

export interface MatchValue extends Span {
  readonly kind: 'MatchValue';
  readonly value: Expression;
}

export interface MatchSingleton extends Span {
  readonly kind: 'MatchSingleton';
  readonly value: null | boolean;
}

export interface MatchSequence extends Span {
  readonly kind: 'MatchSequence';
  readonly patterns: readonly Pattern[];
}

export interface MatchMapping extends Span {
  readonly kind: 'MatchMapping';
  readonly keys: readonly Expression[];
  readonly patterns: readonly Pattern[];
  readonly rest: Identifier | undefined;
}

export interface MatchClass extends Span {
  readonly kind: 'MatchClass';
  readonly cls: Expression;
  readonly patterns: readonly Pattern[];
  readonly keywords: readonly { readonly name: Identifier; readonly pattern: Pattern }[];
}

export interface MatchStar extends Span {
  readonly kind: 'MatchStar';
  /** Undefined for `*_`. */
  readonly name: Identifier | undefined;
}

export interface MatchAs extends Span {
  readonly kind: 'MatchAs';
  readonly pattern: Pattern | undefined;
  /** Undefined for the wildcard `_`. */
  readonly name: Identifier | undefined;
}

export interface MatchOr extends Span {
  readonly kind: 'MatchOr';
  readonly patterns: readonly Pattern[];
}
