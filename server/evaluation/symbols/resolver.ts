/**
 * From a use of a name to the symbol that it means: through imports, star imports, aliases, base classes, and from an
 * instance to its class. All of it is told from texts; nothing runs.
 */
import {
  type Call,
  type ClassDef,
  type Expression,
  type FunctionDef,
  type LooseAttribute,
  lastName,
  type PassedKeyword,
  receiverOf,
  type Scope,
  type Span,
  type Statement,
  type StaticDefinition,
} from '../../../mlsys';
import type { PackageModule } from '../packageIndex';
import { argumentFor, fieldsOf } from './arguments';
import {
  boundFrom,
  type Found,
  type Given,
  type Home,
  lastOf,
  type NameSymbol,
  type Place,
  type SymbolText,
  type SymbolValue,
  type UsedPath,
} from './symbol';

/** Finds modules of the workspace by their dotted names. */
export interface Modules {
  module(name: string): PackageModule | undefined;
  homeOf(module: PackageModule): Home;
  textOf(module: PackageModule): SymbolText;
  /** Names that a module binds. */
  names(name: string): ReadonlyMap<string, NameSymbol>;
}

const HOOK = '__getattr__';

/** Functions of the library that hand arguments on by their names: to fields of an object, to another function. */
const HANDED_ON: ReadonlySet<string> = new Set([
  'dataclasses.replace',
  'copy.replace',
  'functools.partial',
  'functools.partialmethod',
]);

/** One request: what it looked for in vain is not looked for again. */
export class Resolver {
  readonly #modules: Modules;
  /** What is being looked for, so that a cycle of imports or aliases ends. */
  readonly #open = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(modules: Modules) {
    this.#modules = modules;
  }

  /** What a use means. */
  use(use: UsedPath, text: SymbolText): NameSymbol | undefined {
    const variable = use.local === undefined ? this.#shared(use, text) : this.#local(use, text);
    return variable === undefined ? undefined : this.members(variable, use.attributes);
  }

  /** What a path of names means in a module; the module itself where the path is empty. */
  inModule(name: string, path: readonly string[]): NameSymbol | undefined {
    const module = this.#modules.module(name);
    const [first, ...rest] = path;
    if (first === undefined) return module === undefined ? undefined : this.#moduleSymbol(module);
    if (module === undefined) return this.inModule(`${name}.${first}`, rest);
    const found = this.#named(this.#modules.homeOf(module), first, undefined);
    return found === undefined ? undefined : this.members(found, rest);
  }

  /** What an argument's name means: the attribute of a class, the parameter of a function. */
  keyword({ name, callee, first }: PassedKeyword, text: SymbolText): NameSymbol | undefined {
    const called = callee === undefined ? undefined : this.#symbolAt(callee, text);
    if (called === undefined) return undefined;
    if (called.external !== undefined && HANDED_ON.has(called.external) && first !== undefined)
      return this.#handedOn(name.name, called.external, first, text);
    if (called.external !== undefined) return external(called, `${called.external}(${name.name})`);
    return this.#argument(called, name.name);
  }

  /** What the name of an argument means that a function of the library hands on to its first argument. */
  #handedOn(name: string, called: string, first: Expression, text: SymbolText): NameSymbol | undefined {
    if (called.startsWith('functools.')) {
      const target = this.#symbolAt(first, text);
      return target === undefined ? undefined : this.#argument(target, name);
    }
    const value = this.#expression(first, text);
    return value === undefined ? undefined : this.#memberOf(value, name);
  }

  #argument(called: NameSymbol, name: string): NameSymbol | undefined {
    const target = this.#value(called)?.symbol ?? called;
    if (target.kind === 'function') return this.#parameter(target, name);
    if (target.kind !== 'class') return undefined;
    const init = this.#classMember(target, '__init__', undefined);
    return init === undefined ? this.#classMember(target, name, undefined) : this.#parameter(init, name);
  }

  /** What an attribute means that is taken of something without a name. */
  loose({ attribute, object }: LooseAttribute, text: SymbolText): NameSymbol | undefined {
    const value = this.#expression(object, text);
    return value === undefined ? undefined : this.#memberOf(value, attribute.name);
  }

  /** Attributes, one taken of the other. */
  members(symbol: NameSymbol, attributes: readonly string[]): NameSymbol | undefined {
    let at: NameSymbol | undefined = symbol;
    for (const attribute of attributes) {
      if (at === undefined) return undefined;
      at = this.#member(at, attribute);
    }
    return at;
  }

  /** Names of the attributes that a symbol's value has, as far as texts tell. */
  attributesOf(symbol: NameSymbol): string[] {
    if (symbol.moduleName !== undefined) return [...this.#modules.names(symbol.moduleName).keys()];
    const value = this.#value(symbol);
    return value?.symbol.kind === 'class' ? [...this.#classNames(value.symbol)] : [];
  }

  #classNames(cls: NameSymbol): ReadonlySet<string> {
    const prefix = `${cls.path}.`;
    const { definitions } = cls.text.index;
    const own = [...definitions.all, ...definitions.fields].filter(({ name }) => name.startsWith(prefix));
    const names = new Set(own.map(({ name }) => name.slice(prefix.length)).filter(name => !name.includes('.')));
    for (const base of this.#bases(cls))
      for (const name of this.#once(`names:${base.key}`, () => this.#classNames(base)) ?? []) names.add(name);
    return names;
  }

  // ------------------------------------------------------------------------------------------ variables

  #shared(use: UsedPath, text: SymbolText): NameSymbol | undefined {
    const at = { text, offset: use.span.start, write: use.write };
    // Until the body of a class binds a name, it reads the one around it: `Cloud = Cloud`.
    const isOuter = use.root !== use.variable && !use.write && !this.#isBoundInBody(use, text);
    return this.#named(text.home, isOuter ? use.variable : use.root, at);
  }

  #isBoundInBody({ root, span }: UsedPath, { index }: SymbolText): boolean {
    const { definitions } = index;
    const all = [...definitions.of(root), ...definitions.field(root)];
    // a name that only a function within binds, or nobody, is not told from one that comes later
    return all.length === 0 || all.some(one => boundFrom(one) <= span.start || one.span.start === span.start);
  }

  /** A name of a module or chapter, or of the body of one of its classes. */
  #named(home: Home, path: string, at: Place | undefined): NameSymbol | undefined {
    const key = `${home.key}:${path}:${at?.text.key ?? ''}:${at?.offset ?? ''}`;
    return this.#once(key, () => {
      const found = home.find(path, at);
      if (path.includes('.')) return found && this.#found(found, at);
      if (home.module === undefined) return this.#inChapter(home, path, found, at);
      return (
        (found && this.#found(found, at)) ??
        (home.module.isPackage ? this.inModule(`${home.module.name}.${path}`, []) : undefined) ??
        this.#throughStars(home, path, at) ??
        this.#hook(home, path)
      );
    });
  }

  /** In a chapter the last of its definitions and star imports wins. */
  #inChapter(home: Home, name: string, found: Found | undefined, at: Place | undefined): NameSymbol | undefined {
    const stars = home.stars(at);
    for (const star of stars) {
      if (found !== undefined && found.later !== true && star.text.seen <= found.text.seen) break;
      const brought = name.startsWith('_') ? undefined : this.inModule(star.module, [name]);
      if (brought !== undefined && brought.path !== HOOK) return brought;
      const isOutside = this.#modules.module(star.module) === undefined && star.text.cell?.run?.binds(name) === true;
      if (isOutside) return importedFrom(star, `${star.module}.${name}`, name);
    }
    return found && this.#found(found, at);
  }

  #throughStars(home: Home, name: string, at: Place | undefined): NameSymbol | undefined {
    if (name.startsWith('_')) return undefined;
    for (const star of home.stars(at)) {
      const found = this.inModule(star.module, [name]);
      // A star import brings names, not what answers for missing ones.
      if (found !== undefined && found.path !== HOOK) return found;
    }
    return undefined;
  }

  /** A function `__getattr__` answers for all names that a module lacks. */
  #hook(home: Home, name: string): NameSymbol | undefined {
    const found = name.startsWith('__') ? undefined : home.find(HOOK, undefined);
    return found && symbolOf(found, HOOK, undefined);
  }

  #found(found: Found, at: Place | undefined): NameSymbol | undefined {
    const { definition } = found;
    return definition.from === undefined
      ? symbolOf(found, definition.name, at)
      : this.#imported(found, found.text.home, definition.name, at);
  }

  /** What an import stands for; the import itself where its module does not tell. */
  #imported(found: Found, home: Home, path: string, at: Place | undefined): NameSymbol {
    const { module: from, name } = found.definition.from!;
    const target = home.absolute(from);
    const through = this.inModule(target, name === undefined ? [] : [name]);
    const bound = lastOf(path);
    const alias = bound === (name ?? from) ? undefined : { ...found, home, path };
    if (through !== undefined) return alias === undefined ? through : { ...through, alias };
    const own = symbolOf(found, path, at);
    const top = this.#modules.module(target.split('.', 1)[0]!);
    if (top !== undefined || this.#modules.module(target) !== undefined) return own;
    return { ...external(own, name === undefined ? target : `${target}.${name}`), alias };
  }

  #local(use: UsedPath, text: SymbolText): NameSymbol | undefined {
    const scope = use.local!;
    const all = text.index.localDefinitions(scope, use.variable);
    const definition = all.findLast(one => one.span.start <= use.span.start) ?? all[0];
    if (definition === undefined) return undefined;
    const found = { text, definition };
    const key = `${text.key}:${scopeKey(scope)}:${use.variable}`;
    if (definition.from !== undefined) {
      const imported = this.#imported(found, text.home, use.variable, undefined);
      // A name that is local and belongs to nobody else: it is told apart from those of the same name.
      if (imported.alias === undefined) return imported;
      return { ...imported, alias: { ...found, home: text.home, path: key } };
    }
    return { ...symbolOf(found, use.variable, undefined), key: `${text.home.key}:${key}`, local: scope };
  }

  #parameter(of: NameSymbol, name: string): NameSymbol | undefined {
    const node = of.definition?.statement as Statement | undefined;
    const scope = node === undefined ? undefined : of.text.index.scopes.get(node);
    if (scope?.names.get(name)?.parameter !== true) return undefined;
    const span = { start: 0, end: 0 };
    return this.#local({ root: name, variable: name, attributes: [], local: scope, span, write: false }, of.text);
  }

  #moduleSymbol(module: PackageModule): NameSymbol {
    const home = this.#modules.homeOf(module);
    const text = this.#modules.textOf(module);
    const start = { start: 0, end: 0 };
    const own = { key: `${home.key}:`, home, path: '', kind: 'module', text, span: start, statement: start } as const;
    return { ...BLANK, ...own, moduleName: module.name };
  }

  // ------------------------------------------------------------------------------------------ attributes

  #member(symbol: NameSymbol, name: string): NameSymbol | undefined {
    if (symbol.moduleName !== undefined) return this.inModule(symbol.moduleName, [name]);
    if (symbol.external !== undefined) return external(symbol, `${symbol.external}.${name}`);
    if (symbol.path === HOOK) return symbol;
    const key = `${symbol.key}.${name}:${symbol.at?.text.key ?? ''}:${symbol.at?.offset ?? ''}:${symbol.given?.span.start ?? ''}`;
    return this.#once(key, () => {
      const path = `${symbol.path}.${name}`;
      const own = symbol.local === undefined ? symbol.home.find(path, symbol.at) : undefined;
      if (own !== undefined && symbol.kind !== 'class') return this.#found(own, symbol.at);
      const value = this.#value(symbol);
      return value === undefined ? undefined : this.#memberOf(value, name);
    });
  }

  #memberOf({ symbol, instance }: SymbolValue, name: string): NameSymbol | undefined {
    if (symbol.kind !== 'class') return instance === undefined ? this.#member(symbol, name) : undefined;
    const found = this.#classMember(symbol, name, symbol.at);
    if (found === undefined || instance === undefined) return found;
    const given = found.kind === 'function' ? undefined : this.#given(symbol, name, instance);
    return { ...found, instance: { symbol, instance }, given };
  }

  #given(cls: NameSymbol, name: string, { call, text }: NonNullable<SymbolValue['instance']>): Given | undefined {
    if (call === undefined) return undefined;
    const init = this.#classMember(cls, '__init__', undefined)?.definition?.statement as Statement | undefined;
    // Made by an assignment, it has parameters that the text does not tell.
    if (init !== undefined && init.kind !== 'FunctionDef') return undefined;
    const found = argumentFor(call, name, init, () => this.#fields(cls));
    return found && { text, call, ...found };
  }

  /** Names of the annotated attributes of a class, those of its base classes first: the arguments that it is made with. */
  #fields(cls: NameSymbol): readonly string[] {
    const node = cls.definition?.statement as ClassDef | undefined;
    if (node?.kind !== 'ClassDef') return [];
    const inherited = this.#bases(cls).flatMap(
      base => this.#once(`fields:${base.key}`, () => this.#fields(base)) ?? [],
    );
    return [...new Set([...inherited, ...fieldsOf(node)])];
  }

  /** An attribute that a class, or a base class of it, defines. */
  #classMember(cls: NameSymbol, name: string, at: Place | undefined): NameSymbol | undefined {
    return this.#once(`${cls.key}::${name}:${at?.offset ?? ''}`, () => {
      const own = cls.home.find(`${cls.path}.${name}`, at);
      if (own !== undefined) return this.#found(own, at);
      for (const base of this.#bases(cls)) {
        const found = this.#classMember(base, name, undefined);
        if (found !== undefined) return found;
      }
      return undefined;
    });
  }

  #bases(cls: NameSymbol): NameSymbol[] {
    const node = cls.definition?.statement as ClassDef | undefined;
    if (node?.kind !== 'ClassDef') return [];
    return node.bases.flatMap(base => {
      const value = this.#expression(base.kind === 'Subscript' ? base.value : base, cls.text);
      return value?.symbol.kind === 'class' && value.instance === undefined ? [value.symbol] : [];
    });
  }

  // ------------------------------------------------------------------------------------------ values

  /** What a symbol's value is, as far as its definition tells. */
  #value(symbol: NameSymbol): SymbolValue | undefined {
    const { kind, definition, text, given, local } = symbol;
    if (kind === 'class' || kind === 'module' || symbol.external !== undefined) return { symbol, instance: undefined };
    const told = given === undefined ? undefined : this.#expression(given.value, given.text);
    if (told !== undefined) return told;
    if (definition === undefined) return undefined;
    if (kind === 'function') return this.#propertyValue(symbol, definition);
    const receiver = local === undefined ? undefined : receiverOf(local, lastOf(symbol.path));
    if (receiver !== undefined) {
      const { name } = receiver.cls.node as ClassDef;
      const use = text.index.useAt(name.start);
      const cls = use === undefined ? undefined : this.use(use, text);
      return cls && { symbol: cls, instance: receiver.isClass ? undefined : { call: undefined, text } };
    }
    const isOwn = given === undefined && definition.value !== undefined;
    const value = isOwn ? this.#expression(definition.value, text) : undefined;
    return value ?? this.#annotated(definition.annotation, text);
  }

  /** What a property gives: the attribute of its object that it returns, else something of its type. */
  #propertyValue(symbol: NameSymbol, { statement }: StaticDefinition): SymbolValue | undefined {
    const node = statement as FunctionDef;
    if (symbol.instance === undefined || !isProperty(node)) return undefined;
    const returned = this.#returned(symbol);
    return (returned && this.#value(returned)) ?? this.#annotated(node.returns, symbol.text);
  }

  /** For a property that does no more than `return self.a.b`, that attribute of the same object. */
  #returned({ instance, definition }: NameSymbol): NameSymbol | undefined {
    const node = definition?.statement as FunctionDef;
    const last = node.body.at(-1);
    if (instance === undefined || !isProperty(node) || last?.kind !== 'Return' || node.body.length > 2)
      return undefined;
    const attributes: string[] = [];
    let at = last.value;
    for (; at?.kind === 'Attribute'; at = at.value) attributes.unshift(at.attr.name);
    const self = node.params.positional[0]?.name.name;
    const [first, ...rest] = attributes;
    if (at?.kind !== 'Name' || at.id !== self || first === undefined) return undefined;
    const found = this.#memberOf(instance, first);
    return found && this.members(found, rest);
  }

  /** The symbols that a symbol takes its value from unchanged, one after the other: aliases, arguments, properties. */
  origins(symbol: NameSymbol): NameSymbol[] {
    const found: NameSymbol[] = [];
    for (let at: NameSymbol | undefined = symbol; found.length < MOST_ORIGINS; ) {
      at = this.#origin(at);
      if (at === undefined || found.some(one => one.key === at!.key && one.given === at!.given)) break;
      found.push(at);
    }
    return found;
  }

  #origin(symbol: NameSymbol): NameSymbol | undefined {
    const { given, definition, text, kind } = symbol;
    if (kind === 'function') return this.#returned(symbol);
    const value = given?.value ?? definition?.value;
    if (value?.kind !== 'Name' && value?.kind !== 'Attribute') return undefined;
    return this.#symbolAt(value, given?.text ?? text);
  }

  #expression(node: Expression, text: SymbolText): SymbolValue | undefined {
    switch (node.kind) {
      case 'Name':
      case 'Attribute': {
        const symbol = this.#symbolAt(node, text);
        return symbol === undefined
          ? undefined
          : this.#once(`value:${symbol.key}:${symbol.span.start}`, () => this.#value(symbol));
      }
      case 'Call':
        return this.#called(node, text);
      case 'NamedExpr':
        return this.#expression(node.value, text);
      case 'IfExp':
        return this.#expression(node.body, text) ?? this.#expression(node.orelse, text);
      default:
        return undefined;
    }
  }

  /** What a name, or an attribute of anything, means. */
  #symbolAt(node: Expression, text: SymbolText): NameSymbol | undefined {
    if (node.kind === 'Name' || node.kind === 'Attribute') {
      const use = text.index.useAt(node.kind === 'Name' ? node.start : node.attr.start);
      if (use !== undefined) return this.use(use, text);
    }
    if (node.kind !== 'Attribute') return undefined;
    const value = this.#expression(node.value, text);
    return value === undefined ? undefined : this.#memberOf(value, node.attr.name);
  }

  #called(call: Call, text: SymbolText): SymbolValue | undefined {
    const called = this.#symbolAt(call.func, text);
    if (called === undefined) return undefined;
    if (called.kind === 'function') {
      const returns = (called.definition?.statement as FunctionDef | undefined)?.returns;
      return this.#annotated(returns, called.text);
    }
    const value = this.#value(called);
    if (value?.symbol.kind !== 'class' || value.instance !== undefined) return undefined;
    return { symbol: value.symbol, instance: { call, text } };
  }

  /** An instance of what an annotation names. */
  #annotated(node: Expression | undefined, text: SymbolText): SymbolValue | undefined {
    if (node === undefined) return undefined;
    if (node.kind === 'BinOp') return this.#annotated(node.left, text) ?? this.#annotated(node.right, text);
    if (node.kind === 'Subscript') {
      if (!WRAPPERS.has(lastName(node.value) ?? '')) return this.#annotated(node.value, text);
      return this.#annotated(node.index.kind === 'Tuple' ? node.index.elements[0] : node.index, text);
    }
    const named = node.kind === 'Constant' ? this.#quoted(node.value, node, text) : this.#expression(node, text);
    if (named?.symbol.kind !== 'class' || named.instance !== undefined) return undefined;
    return { symbol: named.symbol, instance: { call: undefined, text } };
  }

  /** An annotation that is written as a text. */
  #quoted(value: unknown, { start }: Span, text: SymbolText): SymbolValue | undefined {
    if (typeof value !== 'string' || !/^\s*[\p{L}_][\p{L}\p{N}_.]*\s*$/u.test(value)) return undefined;
    const [root, ...attributes] = value.trim().split('.') as [string, ...string[]];
    const at = text.home.module === undefined ? { text, offset: start, write: false } : undefined;
    const found = this.#named(text.home, root, at);
    const symbol = found && this.members(found, attributes);
    return symbol && this.#value(symbol);
  }

  #once<T>(key: string, look: () => T | undefined): T | undefined {
    if (this.#open.has(key) || this.#missing.has(key)) return undefined;
    this.#open.add(key);
    const found = look();
    this.#open.delete(key);
    if (found === undefined) this.#missing.add(key);
    return found;
  }
}

const MOST_ORIGINS = 8;

function isProperty({ decorators }: FunctionDef): boolean {
  return decorators.some(one => PROPERTIES.has(lastName(one) ?? ''));
}

const PROPERTIES: ReadonlySet<string> = new Set(['property', 'cached_property', 'computed_field']);

/** Annotations that say something about the type which they hold. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'Optional',
  'Annotated',
  'ClassVar',
  'Final',
  'Required',
  'NotRequired',
  'Union',
]);

const BLANK = {
  definition: undefined,
  local: undefined,
  external: undefined,
  moduleName: undefined,
  at: undefined,
  alias: undefined,
  instance: undefined,
  given: undefined,
} as const;

/** What a definition makes, under its path in its home. */
export function symbolOf(found: Found, path = found.definition.name, at?: Place): NameSymbol {
  const { text, definition } = found;
  const { kind, span, statement } = definition;
  const { home } = text;
  return { ...BLANK, key: `${home.key}:${path}`, home, path, kind, text, span, statement, definition, at };
}

/** What lies outside the workspace, behind the import that `symbol` is. */
function external(symbol: NameSymbol, name: string): NameSymbol {
  return { ...symbol, key: `external:${name}`, external: name, alias: undefined };
}

/** A name that a star import brings from outside the workspace. */
function importedFrom({ text }: { readonly text: SymbolText }, dotted: string, path: string): NameSymbol {
  const statement = text.index.starImports.at(-1)!;
  const own = { home: text.home, path, kind: 'import', text, span: statement, statement } as const;
  return { ...BLANK, ...own, key: `external:${dotted}`, external: dotted };
}

/** Equal for the scope in every reading of its text: a module is read for each chapter that imports it. */
function scopeKey({ kind, node }: Scope): string {
  const { start, end } = node as Span;
  return `${kind} ${start}-${end}`;
}
