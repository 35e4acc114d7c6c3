/**
 * What runs in a chapter, as Quarto decides it: by the metadata that the chapter inherits from its project and folders, by its
 * own front matter, and by the languages of its cells.
 */

/** A mapping as YAML gives it. */
export type Metadata = Readonly<Record<string, unknown>>;

/** What a chapter inherits. */
export interface InheritedMetadata {
  /** The project's configuration. */
  readonly project: Metadata;
  /** `_metadata.yml` of the folders from the project down to the chapter, merged. */
  readonly folders: Metadata;
  /** The project's active profiles; missing where none is. */
  readonly profiles?: readonly string[];
  /** What the project's lock of values says of the chapter; missing where there is no lock. */
  readonly locked?: LockedValues;
  /** What the file says that its own front matter names under `language`; missing where it names none. */
  readonly words?: Metadata;
  /** What project, folders and front matter include in the header of pages, as far as it gives MathJax macros; missing where it gives none. */
  readonly header?: string;
}

/** The values that references of one chapter are to show. */
export interface LockedValues {
  /** By expression: as it reads; in document order where one name has several values. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Why the lock cannot be used. */
  readonly problem?: string;
}

export const NOTHING_INHERITED: InheritedMetadata = { project: {}, folders: {} };

/** What runs, and what cells do unless their options say otherwise. */
export interface Execution {
  /** Quarto's engine: `jupyter`, `knitr`, `julia`, or `markdown` for a text whose cells, if there are any, do not run. */
  readonly engine: string;
  /** Language of the kernel that runs the cells. */
  readonly language: string;
  /** False with `execute: enabled: false`: nothing runs, whatever the cells say. */
  readonly enabled: boolean;
  /** True where cells and references in Python run: the engine is Jupyter's with a Python kernel, and execution is enabled. */
  readonly runsPython: boolean;
  /** Defaults of cell options: `eval`, `error`, `echo`, `output`, `include` and others, as under `execute`. */
  readonly defaults: Metadata;
}

/** Options of execution that Quarto also takes at the top level of metadata, or of a format. */
const EXECUTE_KEYS: ReadonlySet<string> = new Set([
  'eval',
  'error',
  'echo',
  'output',
  'include',
  'warning',
  'enabled',
  'engine',
]);

const ENGINES = ['knitr', 'jupyter', 'markdown', 'julia'] as const;

/** Languages of cells that Quarto handles itself, before any engine. */
const HANDLED: ReadonlySet<string> = new Set(['mermaid', 'dot', 'ojs', 'include', 'embed']);

/** Kernels, by the beginning of their names, whose language is not Python; Sage changes Python's numbers before they run. */
const OTHER_KERNELS: readonly (readonly [prefix: string, language: string])[] = [
  ['julia', 'julia'],
  ['ir', 'r'],
  ['xeus-r', 'r'],
  ['xr', 'r'],
  ['bash', 'bash'],
  ['sage', 'sage'],
  ['xcpp', 'c++'],
  ['octave', 'octave'],
  ['xeus-octave', 'octave'],
  ['matlab', 'matlab'],
  ['sas', 'sas'],
  ['stata', 'stata'],
  ['nbstata', 'stata'],
  ['javascript', 'javascript'],
  ['deno', 'typescript'],
  ['tslab', 'typescript'],
  ['jslab', 'javascript'],
  ['ruby', 'ruby'],
  ['iruby', 'ruby'],
  ['rust', 'rust'],
  ['evcxr', 'rust'],
  ['gophernotes', 'go'],
  ['gonb', 'go'],
  ['scala', 'scala'],
  ['almond', 'scala'],
  ['kotlin', 'kotlin'],
  ['java', 'java'],
  ['haskell', 'haskell'],
  ['ihaskell', 'haskell'],
  ['ocaml', 'ocaml'],
  ['lua', 'lua'],
  ['xlua', 'lua'],
  ['sql', 'sql'],
  ['xsql', 'sql'],
  ['.net', 'c#'],
  ['maxima', 'maxima'],
  ['wolfram', 'wolfram'],
];

/** Decides for a chapter with this front matter; `languages` are those of its cells, in order. */
export function executionOf(
  frontMatter: Metadata,
  { project, folders }: InheritedMetadata,
  languages: Iterable<string>,
): Execution {
  const defaults = executeDefaults([project, folders, frontMatter]);
  const known = [...languages];
  const engine = engineOf(frontMatter, known);
  const language = engine === 'jupyter' ? kernelLanguage(frontMatter.jupyter ?? project.jupyter, known) : engine;
  const enabled = defaults.enabled !== false;
  return { engine, language, enabled, runsPython: enabled && language === 'python', defaults };
}

/**
 * The options of execution for the format that is rendered first. Each level overrides the ones before it, and within a level
 * what stands under the format overrides what stands beside it.
 */
function executeDefaults(levels: readonly Metadata[]): Metadata {
  const format = firstFormat(levels);
  return Object.assign(
    {},
    ...levels.flatMap(level => [
      executeKeys(level),
      ...(isMetadata(level.format) && isMetadata(level.format[format]) ? [executeKeys(level.format[format])] : []),
    ]),
  ) as Metadata;
}

/** A chapter's or a folder's formats take the place of the project's. */
function firstFormat([project, ...own]: readonly Metadata[]): string {
  const formats = [...own].reverse().map(formatsOf);
  return [...formats, formatsOf(project!)].find(names => names.length > 0)?.[0] ?? 'html';
}

function formatsOf({ format }: Metadata): readonly string[] {
  if (typeof format === 'string') return [format];
  if (!isMetadata(format)) return [];
  return Object.keys(format).filter(name => format[name] !== null && format[name] !== false);
}

function executeKeys(metadata: Metadata): Metadata {
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(metadata))
    if (key !== 'execute') {
      if (EXECUTE_KEYS.has(key)) found[key] = value;
    } else if (typeof value === 'boolean') found.enabled = value;
    else if (isMetadata(value)) Object.assign(found, value);
  return found;
}

/** The engine that the front matter names, or that a language of the cells asks for. */
function engineOf(frontMatter: Metadata, languages: readonly string[]): string {
  const { engine } = executeKeys(frontMatter);
  for (const name of ENGINES)
    if ((frontMatter[name] !== undefined && Boolean(frontMatter[name])) || engine === name) return name;
  for (const language of languages) {
    if (language === 'r') return 'knitr';
    if (language === 'julia') return 'jupyter';
  }
  return languages.some(language => !HANDLED.has(language)) ? 'jupyter' : 'markdown';
}

/** The language of the kernel that `jupyter` names; without one, of the first cell that has a usual kernel. */
function kernelLanguage(jupyter: unknown, languages: readonly string[]): string {
  if (isMetadata(jupyter)) {
    const { kernelspec, kernel } = jupyter;
    if (isMetadata(kernelspec) && typeof kernelspec.language === 'string') return kernelspec.language.toLowerCase();
    return typeof kernel === 'string' ? languageOfKernel(kernel) : 'python';
  }
  if (typeof jupyter === 'string') return languageOfKernel(jupyter);
  return languages.find(language => language === 'python' || language === 'julia') ?? 'python';
}

function languageOfKernel(name: string): string {
  const lower = name.toLowerCase();
  const found = OTHER_KERNELS.find(
    ([prefix]) => lower.startsWith(prefix) && !/^[a-z]/.test(lower.slice(prefix.length)),
  );
  return found?.[1] ?? 'python';
}

export function isMetadata(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CHUNK = /^[\t >]*`{3,}[^\S\r\n]*\{([A-Za-z][\w.]*)[^}\r\n]*\}[^\S\r\n]*$/gm;

/** The languages of cells in a text, wherever their fences stand. */
export function languagesIn(text: string): readonly string[] {
  return text.includes('```') ? Array.from(text.matchAll(CHUNK), found => found[1]!.toLowerCase()) : [];
}

/** True for metadata that say the same. */
export function sameMetadata(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && sameMetadata((a as Metadata)[key], (b as Metadata)[key]))
  );
}
