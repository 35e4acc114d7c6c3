/**
 * Which chapters of a project may write a file that is not there: Python code and other languages, of which nothing runs here. A file
 * that is read and that another chapter makes is unknown, where the page would find it.
 */
import { childrenOf, type Expression, lastName, parseCell, type Statement } from '../../mlsys';
import { sameList } from '../evaluation/sameData';
import { type FileAccess, FileError, LARGEST_CHAPTER } from '../files/access';
import { basename, dirname, join, relative, resolve, sep } from '../files/path';
import { isInside } from '../files/paths';
import { projectRoot } from '../files/roots';
import { pathsIn } from './files';

/** The code of a chapter, in the order of its cells. */
interface Code {
  readonly stamp: string | undefined;
  readonly python: string;
  readonly other: string;
  /** Made where a file is looked for that the Python code names; of code that is too long to be followed, anything. */
  written?: readonly Written[] | 'anything';
}

/** A path that code may write to, as it is typed. */
interface Written {
  readonly text: string;
  /** Also stands for files within: a folder that is filled, and not only made. */
  readonly isFilled: boolean;
}

/** A chapter that may write a path. */
interface Writer {
  readonly chapter: string;
  /** True for code in other languages. */
  readonly isOther: boolean;
}

interface Known {
  readonly root: string;
  /** The first ones: of two, one is another chapter than the reader. */
  writers: readonly Writer[];
}

export class ChapterWriters {
  readonly #filesOf: (root: string) => FileAccess;
  readonly #codes = new Map<string, Code>();
  /** By project and path. */
  readonly #known = new Map<string, Known>();
  #lastLook = Date.now();
  /** By project. */
  readonly #chapters = new Map<string, { readonly paths: readonly string[]; readonly root: string }>();

  constructor(filesOf: (root: string) => FileAccess) {
    this.#filesOf = filesOf;
  }

  /**
   * The chapter, relative to its project, that may write what is missing at a path that `chapter` reads; empty where none does.
   * Of that chapter itself only code in other languages counts: what its Python cells do is known.
   */
  writerOf(path: string, chapter: string, root: string): string {
    const files = this.#filesOf(root);
    const project = projectRoot(chapter, files);
    if (!isInside(path, project)) return '';
    const key = `${project}\0${path}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = { root, writers: this.#find(path, project, files) };
      this.#known.set(key, known);
    }
    const found = known.writers.find(one => one.isOther || one.chapter !== chapter);
    return found === undefined ? '' : relative(project, found.chapter).split(sep).join('/');
  }

  /**
   * Looks whether chapters have changed, came or went, unless that was done within so many milliseconds; true where something is
   * written by another one now.
   */
  refresh(within = 0): boolean {
    if (this.#known.size === 0 || Date.now() - this.#lastLook < within || !this.#haveChanged()) return false;
    let changed = false;
    for (const [key, known] of this.#known) {
      const [project, path] = key.split('\0') as [string, string];
      const before = JSON.stringify(known.writers);
      known.writers = this.#find(path, project, this.#filesOf(known.root));
      changed ||= JSON.stringify(known.writers) !== before;
    }
    return changed;
  }

  #haveChanged(): boolean {
    this.#lastLook = Date.now();
    let changed = false;
    for (const [project, { paths, root }] of [...this.#chapters]) {
      const files = this.#filesOf(root);
      const now = pathsIn(project, files, /\.qmd$/);
      this.#chapters.set(project, { paths: now, root });
      changed ||= !sameList(now, paths);
      for (const path of paths) {
        if (files.stat(path)?.stamp === this.#codes.get(path)?.stamp) continue;
        this.#codes.delete(path);
        changed = true;
      }
    }
    return changed;
  }

  #find(path: string, project: string, files: FileAccess): readonly Writer[] {
    const found: Writer[] = [];
    for (const chapter of this.#chaptersOf(project, files)) {
      const code = this.#codeOf(chapter, files);
      const isOther = mayWriteText(code.other, path);
      if (isOther || mayWrite(code, chapter, project, path)) found.push({ chapter, isOther });
      if (found.length === 2) break;
    }
    return found;
  }

  #chaptersOf(project: string, files: FileAccess): readonly string[] {
    let known = this.#chapters.get(project);
    if (known === undefined) {
      known = { paths: pathsIn(project, files, /\.qmd$/), root: files.root };
      this.#chapters.set(project, known);
    }
    return known.paths;
  }

  /** What is known of a chapter's code is trusted until `refresh`. */
  #codeOf(path: string, files: FileAccess): Code {
    let code = this.#codes.get(path);
    if (code === undefined) {
      code = { stamp: files.stat(path)?.stamp, ...codeIn(textOf(path, files)) };
      this.#codes.set(path, code);
    }
    return code;
  }
}

function textOf(path: string, files: FileAccess): string {
  try {
    return files.readText(path, LARGEST_CHAPTER);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return '';
  }
}

const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*(.*)$/;
const LANGUAGE = /^\{([\w-]+)[^}]*\}/;
/** A line that the shell runs, or a whole cell that something else does. */
const SHELL = /^[ \t]*(?:!|%%?(?!matplotlib|load_ext|autoreload)\w)/;

function codeIn(text: string): Pick<Code, 'python' | 'other'> {
  const python: string[] = [];
  const other: string[] = [];
  for (const { language, lines } of fencesIn(text)) {
    const code = lines.join('\n');
    if (language !== 'python' || /^\s*%%(?!time|capture|timeit)/.test(code)) other.push(code);
    else {
      python.push(code);
      other.push(...lines.filter(line => SHELL.test(line)));
    }
  }
  return { python: python.join('\n'), other: other.join('\n') };
}

/** The code of fences with a language, of which nothing else need be read. */
function* fencesIn(text: string): Iterable<{ readonly language: string; readonly lines: readonly string[] }> {
  let open: { readonly mark: string; readonly language: string | undefined; readonly lines: string[] } | undefined;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const [, mark = '', info = ''] = FENCE.exec(line) ?? [];
    if (open === undefined) {
      if (mark !== '') open = { mark, language: LANGUAGE.exec(info)?.[1], lines: [] };
    } else if (mark.startsWith(open.mark) && info === '') {
      if (open.language !== undefined) yield { language: open.language, lines: open.lines };
      open = undefined;
    } else open.lines.push(line);
  }
}

/** Words of code in any language that makes files. */
const WRITES =
  /writ|sav|dump|download|export|extract|to_|copy|-o\b|>|curl|wget|zip|tar\b|clone|touch|make|convert|sink|render/i;

function mayWriteText(code: string, path: string): boolean {
  const name = basename(path);
  return code.includes(name) && code.split('\n').some(line => line.includes(name) && WRITES.test(line));
}

/** Longer code is not parsed here, and of other code no more is followed than so many uses of paths. */
const LONGEST = 500_000;
const MOST_USES = 20_000;

/** What ends the name of a folder that code may fill. */
const ENDS = ['"', "'", '/"', "/'"];

function mayWrite(code: Code, chapter: string, project: string, path: string): boolean {
  const folders = relative(project, dirname(path)).split(sep);
  const isNamed = (folder: string): boolean => folder !== '' && ENDS.some(end => code.python.includes(folder + end));
  // Most chapters name neither the file nor a folder around it, and need not be parsed.
  if (!code.python.includes(basename(path)) && !folders.some(isNamed)) return false;
  code.written ??= writtenIn(code.python);
  return code.written === 'anything' || code.written.some(written => meets(written, [dirname(chapter), project], path));
}

/** True where a path that code names means a file or a folder around it, or what may be its end, behind folders that are not known. */
function meets({ text, isFilled }: Written, folders: readonly string[], path: string): boolean {
  for (const folder of folders) {
    const whole = resolve(folder, text);
    if (whole === path || (isFilled && whole !== folder && isInside(path, whole) && isInside(whole, folder)))
      return true;
  }
  const plain = text.replace(/^(?:\.{0,2}\/)+/, '');
  return /\.\w/.test(plain) && path.endsWith(join(sep, plain));
}

/** Functions that make a path of parts of it. */
const MAKE_PATHS =
  /^(?:Path|PurePath|PosixPath|str|fspath|join|joinpath|abspath|realpath|expanduser|resolve|absolute|normpath)$/;
/** Functions that write nothing to what they are given the name of, by the beginnings of their names. */
const NO_WRITERS =
  /^_?(?:read|load|scan|get|find|exists|is|imread|from_|glob|list|walk|parse|import|show|display|plot|print|len$|repr|format|basename|dirname|split|starts|ends|append|add|remove|unlink|rm|Image|Error)|(?:Error|Exception|Warning)$/;
const MAKE_FOLDERS = /^(?:mkdir|makedirs)$/;

/** A path on its way through the code; it gets so many names at most. */
interface Way {
  readonly node: Expression;
  readonly text: string;
  readonly names: number;
}

class Writing {
  readonly written: Written[] = [];
  readonly #parents = new Map<object, Statement | Expression>();
  readonly #uses = new Map<string, Expression[]>();
  readonly #ways: Way[] = [];

  constructor(source: string) {
    this.#read(parseCell(source, '<cells>').module);
  }

  /** False where that is too much. */
  follow(): boolean {
    for (const way of this.#ways) {
      if (this.#ways.length > MOST_USES) return false;
      this.#step(way);
    }
    return true;
  }

  #read(module: object): void {
    const open: { readonly node: object; readonly parent: Statement | Expression | undefined }[] = [
      { node: module, parent: undefined },
    ];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { parent } = next;
      for (const child of childrenOf(next.node)) {
        // Arguments with a name stand below their call.
        if (!('kind' in child)) {
          open.push({ node: child, parent });
          continue;
        }
        const one = child as Statement | Expression;
        if (parent !== undefined) this.#parents.set(one, parent);
        const text = pathText(one);
        if (text !== undefined) this.#ways.push({ node: one as Expression, text, names: 3 });
        else if (one.kind === 'Name') this.#note(one);
        open.push({ node: one, parent: one });
      }
    }
  }

  #note(use: Expression & { readonly kind: 'Name' }): void {
    const known = this.#uses.get(use.id);
    if (known === undefined) this.#uses.set(use.id, [use]);
    else known.push(use);
  }

  /** What becomes of a path, through what is made of it and the names that it gets. */
  #step({ node, text, names }: Way): void {
    const parent = this.#parents.get(node);
    if (parent === undefined) return;
    switch (parent.kind) {
      case 'BinOp':
        if (parent.op === '/' || parent.op === '+') this.#ways.push({ node: parent, text, names });
        return;
      case 'Tuple':
      case 'List':
      case 'Starred':
        this.#ways.push({ node: parent, text, names });
        return;
      case 'Attribute':
        this.#method(parent, text, names);
        return;
      case 'Call':
        this.#argument(parent, node, text, names);
        return;
      case 'Assign':
        if (names === 0) return;
        for (const target of parent.targets)
          if (target.kind === 'Name')
            for (const use of this.#uses.get(target.id) ?? [])
              if (use !== target && this.#ways.length <= MOST_USES)
                this.#ways.push({ node: use, text, names: names - 1 });
        return;
      default:
        return;
    }
  }

  #method(attribute: Extract<Expression, { kind: 'Attribute' }>, text: string, names: number): void {
    const call = this.#parents.get(attribute);
    const name = attribute.attr.name;
    if (name === 'parent') this.#ways.push({ node: attribute, text: text.replace(/\/?[^/]*$/, ''), names });
    if (call?.kind !== 'Call' || call.func !== attribute) return;
    if (MAKE_PATHS.test(name)) this.#ways.push({ node: call, text, names });
    else if (name === 'open' ? opensToWrite(call, 0) : /^(?:write|touch|mkdir|symlink|hardlink)/.test(name))
      this.written.push({ text, isFilled: false });
  }

  #argument(call: Extract<Expression, { kind: 'Call' }>, node: Expression, text: string, names: number): void {
    const name = lastName(call.func) ?? '';
    if (node === call.func) return;
    if (MAKE_PATHS.test(name)) this.#ways.push({ node: call, text, names });
    else if (/open$/i.test(name) ? opensToWrite(call, 1) : !NO_WRITERS.test(name))
      this.written.push({ text, isFilled: !MAKE_FOLDERS.test(name) });
  }
}

/** What a literal says of a path; of one that is put together, the end alone. */
function pathText(node: Statement | Expression): string | undefined {
  if (node.kind === 'Constant')
    return typeof node.value === 'string' && LIKE_A_PATH.test(node.value) ? node.value : undefined;
  if (node.kind !== 'JoinedStr') return undefined;
  const last = node.parts.at(-1);
  const end = typeof last === 'string' ? last.replace(/^.*\//, '') : '';
  return end.length > 4 ? end : undefined;
}

/** True where the mode of `open`, an argument at a place, is one that writes. */
function opensToWrite({ args, keywords }: Extract<Expression, { kind: 'Call' }>, place: number): boolean {
  const mode = keywords.find(({ name }) => name?.name === 'mode')?.value ?? args[place];
  return mode?.kind === 'Constant' && typeof mode.value === 'string' && /[wax+]/.test(mode.value);
}

const LIKE_A_PATH = /^[^\n*?<>|]{1,200}$/;

function writtenIn(python: string): NonNullable<Code['written']> {
  if (python.length > LONGEST) return 'anything';
  const writing = new Writing(python);
  return writing.follow() ? writing.written : 'anything';
}
