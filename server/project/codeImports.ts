/** Imports in Python code of modules that are renamed or moved, with what the code calls them: `from pkg.old import f`, `pkg.old.f(1)`. */
import {
  type Alias,
  childrenOf,
  type Expression,
  type ImportFrom,
  type Module,
  type Span,
  symbolIndex,
} from '../../mlsys';
import { dirname, join, relative, resolve, sep } from '../files/path';
import type { LiteralEdit, Moved, Renames } from './codePaths';

/** Where code stands that imports modules. */
export interface ImportPlace {
  /** The text of the program. */
  readonly source: string;
  /** Its file, which relative imports count from; undefined for cells. */
  readonly file: Moved | undefined;
  /** Folders in which packages are looked for, the nearest first. */
  readonly roots: readonly string[];
  /** What a file holds, before the renames. */
  textOf(path: string): string | undefined;
  /** Reads a module. */
  parse(text: string, path: string): Module;
}

/** Edits of a program, and of expressions that see its names. */
export interface ImportEdits {
  readonly edits: readonly LiteralEdit[];
  /** Of an expression outside of the program, such as that of a reference. */
  of(expression: Expression): readonly LiteralEdit[];
  /** What a dotted name of a module is to be now; undefined where it stays. */
  renamed(dotted: string): string | undefined;
}

type Index = ReturnType<typeof symbolIndex>;
type Occurrence = Index['occurrences'][number];

/** The edits that have the code import the same modules as before. */
export function importEdits(module: Module, place: ImportPlace, renames: Renames): ImportEdits {
  return new ImportReader(module, place, renames);
}

type ImportSource = NonNullable<NonNullable<Occurrence['binding']>['source']>;

interface Located {
  /** A folder, or a file without its ending. */
  readonly path: string;
  readonly root: string;
  readonly after: string;
}

class ImportReader implements ImportEdits {
  readonly #place: ImportPlace;
  readonly #renames: Renames;
  readonly #index: Index;
  readonly #edits: LiteralEdit[] = [];
  /** New names of what `from package import module` binds at the top of the program. */
  readonly #names = new Map<string, string>();

  constructor(module: Module, place: ImportPlace, renames: Renames) {
    this.#place = place;
    this.#renames = renames;
    this.#index = symbolIndex(module);
    for (const one of this.#index.imports)
      if (one.kind === 'ImportFrom') this.#from(one);
      else for (const { name } of one.names) this.#write(name, name.name, this.renamed(name.name));
    for (const one of this.#index.occurrences) if (one.access === 'read') this.#edits.push(...this.#chain(one));
    this.#edits.push(...this.#called(module));
    this.#exported();
  }

  get edits(): readonly LiteralEdit[] {
    return [...new Map(this.#edits.map(edit => [edit.start, edit])).values()].sort((a, b) => a.start - b.start);
  }

  of(expression: Expression): readonly LiteralEdit[] {
    const named = symbolIndex(expression).occurrences.flatMap(one => {
      const newText = this.#names.get(one.name);
      return newText === undefined ? this.#chain(one) : [{ start: one.span.start, end: one.span.end, newText }];
    });
    return [...named, ...this.#called(expression)];
  }

  renamed(dotted: string): string | undefined {
    const located = this.#locate(dotted.split('.'));
    const now = located && this.#dotted(located);
    return now === dotted ? undefined : now;
  }

  // ------------------------------------------------------------------------------------------------ statements

  #from(statement: ImportFrom): void {
    const base = this.#baseOf(statement);
    if (base === undefined) return;
    const { start, end, level, names } = statement;
    const whole = this.#place.source.slice(start, end);
    const [, keyword, written] = /^(from\s*)(\.+[\w.]*|[\w.]+)\s+import\b/.exec(whole) ?? [];
    if (keyword === undefined || written === undefined) return;
    const from = start + keyword.length;
    const name = { start: from, end: from + written.length };
    const parts = names.map(one => this.#partOf(base, one.name.name));
    const gone = parts.map(part => part !== undefined && dirname(part.after) !== base.after);
    if (gone.includes(true) && gone.includes(false)) {
      this.#split(statement, base, parts, written);
      return;
    }
    // Parts that all go to one folder take the statement along.
    const [first] = parts;
    const target = gone[0] === true ? { ...base, after: dirname(first!.after) } : base;
    if (!this.#leadsTo(written, target)) this.#write(name, written, this.#fromName(target, level > 0));
    for (const [at, part] of parts.entries())
      if (part !== undefined && dirname(part.after) === target.after) this.#part(names[at]!, lastOf(part.after));
  }

  /** `importlib.import_module("pkg.old")`, and `import_module(".old", __package__)` in a package. */
  #called(node: object): readonly LiteralEdit[] {
    const call = node as Extract<Expression, { kind: 'Call' }>;
    const own = call.kind === 'Call' && this.#imports(call.func) ? this.#argument(call.args[0]) : [];
    return [...own, ...childrenOf(node).flatMap(one => this.#called(one))];
  }

  #imports(func: Expression): boolean {
    const name = func.kind === 'Attribute' && func.attr.name === 'import_module' ? func.value : func;
    if (name.kind !== 'Name') return false;
    const bound = this.#boundTo(name.id);
    const isOurs = (source: ImportSource) =>
      name === func
        ? source.name === 'import_module'
        : source.name === undefined && source.alias.name.name === 'importlib';
    return bound.length > 0 && bound.every(source => source !== undefined && isOurs(source));
  }

  #argument(node: Expression | undefined): readonly LiteralEdit[] {
    if (node?.kind !== 'Constant' || typeof node.value !== 'string') return [];
    const written = node.value;
    // Quotes on both sides and nothing else.
    if (node.end - node.start !== written.length + 2) return [];
    const newText = this.#behind(written);
    return newText === undefined || newText === written ? [] : [{ start: node.start + 1, end: node.end - 1, newText }];
  }

  /** What a text that names a module is to be now. */
  #behind(written: string): string | undefined {
    const level = /^\.*/.exec(written)![0].length;
    const { file } = this.#place;
    if (level === 0) return this.renamed(written);
    if (file === undefined) return undefined;
    const folder = resolve(dirname(file.before), ...Array.from({ length: level - 1 }, () => '..'));
    const path = join(folder, ...written.slice(level).split('.'));
    return this.#isModule(path) ? this.#fromName(this.#located(path, folder), true) : undefined;
  }

  /** Parts of a package that go elsewhere get statements of their own, where the statement is no more than a list of names. */
  #split(
    { start, end, level, names }: ImportFrom,
    base: Located,
    parts: readonly (Located | undefined)[],
    written: string,
  ): void {
    const { source } = this.#place;
    const line = source.lastIndexOf('\n', start - 1) + 1;
    const indent = source.slice(line, start);
    const text = source.slice(start, end);
    if (indent.trim() !== '' || /[\n#()]/.test(text)) return;
    const named = ({ name, asname }: Alias, now: string) => {
      const bound = asname?.name ?? name.name;
      return now === bound ? now : `${now} as ${bound}`;
    };
    const lists = new Map<string, string[]>();
    for (const [at, part] of parts.entries()) {
      const isGone = part !== undefined && dirname(part.after) !== base.after;
      const target = isGone ? { ...base, after: dirname(part.after) } : base;
      const from = !isGone && this.#leadsTo(written, base) ? written : this.#fromName(target, level > 0);
      const now = part === undefined ? names[at]!.name.name : lastOf(part.after);
      if (from === undefined || !(now === '*' || isIdentifier(now))) return;
      lists.set(from, [...(lists.get(from) ?? []), named(names[at]!, now)]);
    }
    const lines = [...lists].map(([from, list]) => `from ${from} import ${list.join(', ')}`);
    this.#edits.push({ start, end, newText: lines.join(`\n${indent}`) });
  }

  /** True where what stands between `from` and `import` is right behind the renames as well. */
  #leadsTo(written: string, target: Located): boolean {
    const { file } = this.#place;
    const [dots] = /^\.*/.exec(written)!;
    const rest = written.slice(dots.length).split('.');
    if (dots === '') return join(target.root, ...rest) === target.after;
    if (file === undefined) return true;
    const up = Array.from({ length: dots.length - 1 }, () => '..');
    return join(dirname(file.after), ...up, ...rest) === target.after;
  }

  /** A module in a list of names gets its new name, in the code behind it as well where that is free. */
  #part({ name, asname }: ImportFrom['names'][number], now: string): void {
    if (now === name.name || !isIdentifier(now)) return;
    if (asname !== undefined) {
      this.#write(name, name.name, now);
      return;
    }
    const { occurrences } = this.#index;
    const own = occurrences.filter(one => one.name === name.name);
    const isOurs = this.#boundTo(name.name).every(source => source?.name === name.name);
    if (!isOurs || occurrences.some(one => one.name === now)) {
      this.#write(name, name.name, `${now} as ${name.name}`);
      return;
    }
    this.#names.set(name.name, now);
    this.#write(name, name.name, now);
    for (const { span } of own) this.#write(span, name.name, now);
  }

  /** `pkg.old.f` behind `import pkg.old`: the longest name of a module that it begins with. */
  #chain({ name, span, attributes }: Occurrence): readonly LiteralEdit[] {
    if (!this.#isImported(name)) return [];
    for (let length = attributes.length; length >= 0; length--) {
      const taken = attributes.slice(0, length);
      const parts = [name, ...taken.map(one => one.name)];
      const located = this.#locate(parts);
      if (located === undefined) continue;
      const newText = this.#dotted(located);
      const { end } = taken.at(-1) ?? span;
      return newText === undefined || newText === parts.join('.') ? [] : [{ start: span.start, end, newText }];
    }
    return [];
  }

  /** True for a name that `import a.b` binds, and nothing else does. */
  #isImported(name: string): boolean {
    const bound = this.#boundTo(name);
    return (
      bound.length > 0 &&
      bound.every(source => source?.name === undefined && source?.alias.asname === undefined && source !== undefined)
    );
  }

  /** What imports take for a name, or undefined for what else binds it. */
  #boundTo(name: string): readonly (ImportSource | undefined)[] {
    const all = this.#index.occurrences.filter(one => one.name === name && one.access !== 'read');
    return all.map(({ binding }) => binding?.source);
  }

  /** Parts that `__all__` of a package lists. */
  #exported(): void {
    const { file } = this.#place;
    if (file === undefined || !/[/\\]__init__\.py$/.test(file.before)) return;
    const base = this.#located(dirname(file.before), '');
    for (const { name, span } of this.#index.exported) {
      const part = this.#partOf(base, name);
      if (part !== undefined && dirname(part.after) === base.after && isIdentifier(lastOf(part.after)))
        this.#write(span, name, lastOf(part.after));
    }
  }

  // ------------------------------------------------------------------------------------------------ modules

  /** What stands between `from` and `import`. */
  #baseOf({ level, module }: ImportFrom): Located | undefined {
    const parts = module === undefined ? [] : module.name.split('.');
    if (level === 0) return this.#locate(parts);
    const { file } = this.#place;
    if (file === undefined) return undefined;
    const folder = resolve(dirname(file.before), ...Array.from({ length: level - 1 }, () => '..'));
    const path = join(folder, ...parts);
    return this.#isModule(path) ? this.#located(path, this.#place.roots[0] ?? folder) : undefined;
  }

  #locate(parts: readonly string[]): Located | undefined {
    const root = this.#place.roots.find(one => this.#isModule(join(one, ...parts)));
    return root === undefined ? undefined : this.#located(join(root, ...parts), root);
  }

  /** A module of a package that no name of the package itself hides. */
  #partOf(base: Located, name: string): Located | undefined {
    const path = join(base.path, name);
    if (!isIdentifier(name) || !this.#isModule(path)) return undefined;
    const init = join(base.path, '__init__.py');
    const text = init === this.#place.file?.before ? undefined : this.#place.textOf(init);
    const hides =
      text !== undefined &&
      symbolIndex(this.#place.parse(text, init))
        .definitions.of(name)
        .some(({ from }) => from?.name !== name || !/^\.*$/.test(from.module));
    return hides ? undefined : this.#located(path, base.root);
  }

  #isModule(path: string): boolean {
    return this.#renames.isThere(`${path}.py`) || this.#renames.isThere(path);
  }

  #located(path: string, root: string): Located {
    const isFile = this.#renames.isThere(`${path}.py`) && !this.#renames.isThere(join(path, '__init__.py'));
    const after = isFile ? this.#renames.moved(`${path}.py`).replace(/\.py$/, '') : this.#renames.moved(path);
    return { path, root, after };
  }

  /** The absolute name of a module behind the renames; undefined where none leads there. */
  #dotted({ after, root }: Located): string | undefined {
    for (const one of [root, ...this.#place.roots]) {
      const parts = relative(one, after).split(sep);
      if (parts.every(isIdentifier)) return parts.join('.');
    }
    return undefined;
  }

  /** What stands between `from` and `import` behind the renames. */
  #fromName(target: Located, isRelative: boolean): string | undefined {
    const { file } = this.#place;
    if (!isRelative || file === undefined) return this.#dotted(target);
    const parts = relative(dirname(file.after), target.after)
      .split(sep)
      .filter(part => part !== '');
    const up = parts.filter(part => part === '..').length;
    const rest = parts.slice(up);
    return rest.every(isIdentifier) ? `${'.'.repeat(up + 1)}${rest.join('.')}` : undefined;
  }

  #write({ start, end }: Span, written: string, now: string | undefined): void {
    // Only where it is written in one piece.
    if (now === undefined || now === written || this.#place.source.slice(start, end) !== written) return;
    this.#edits.push({ start, end, newText: now });
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(sep) + 1);
}

function isIdentifier(part: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part);
}
