/** Chapters with packages beside them, held in memory. */
import type { Hover, Range, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ModuleSource, type Program, parseProgram, type SourceFile } from '../../mlsys';
import { parseChapter } from '../../server/chapter';
import { runRules } from '../../server/diagnostics';
import type { Analysis } from '../../server/evaluation/analysis';
import { Evaluator, type EvaluatorBudgets } from '../../server/evaluation/evaluator';
import { importModule, type PackageView, packageViewOf } from '../../server/evaluation/packageView';
import { features } from '../../server/features';
import { DEFAULT_SETTINGS } from '../../server/protocol';

/** Sources by their names, such as `tanks/pumps.py`, in the folder `/book`. */
export type Sources = Readonly<Record<string, string>>;

/** Finds modules among the sources. */
export function sourcesIn(sources: Sources): ModuleSource {
  return {
    find(dottedName): SourceFile | undefined {
      const base = dottedName.replaceAll('.', '/');
      for (const [name, isPackage] of [
        [`${base}/__init__.py`, true],
        [`${base}.py`, false],
      ] as const)
        if (sources[name] !== undefined) return { file: `/book/${name}`, source: sources[name], isPackage };
      return undefined;
    },
  };
}

/** Far more time than any chapter of a test takes, on a busy machine as well. */
const UNHURRIED: EvaluatorBudgets = { milliseconds: 120_000, chapter: { milliseconds: 120_000 } };

/** Evaluates a chapter beside these sources. */
export function analyzeBook(text: string, sources: Sources): Analysis {
  const evaluator = new Evaluator({ modules: sourcesIn(sources), budgets: UNHURRIED });
  return evaluator.update(parseChapter(text, 'file:///book/chapter.qmd'), 1);
}

/** What is known of a module with a present text, once its sources were imported. */
export function viewPackage(name: string, program: Program, sources: Sources): PackageView {
  const source = sourcesIn(sources);
  return packageViewOf(name, program, source, importModule(name, source));
}

/** A book of one chapter, `chapter.qmd`, and the modules beside it, with one cursor mark `¦` in one of its files. */
export class MarkedBook {
  readonly files: Sources;
  readonly #file: string;
  readonly #offset: number;
  readonly #analysis: Analysis;

  readonly #closed: Sources;

  /** `closed` are texts of the workspace that no open chapter imports. */
  constructor(marked: Sources, closed: Sources = {}) {
    this.#closed = closed;
    const [file, text] = Object.entries(marked).find(([, one]) => one.includes(CURSOR)) ?? [];
    if (file === undefined) throw new Error(`No file holds the cursor ${CURSOR}`);
    this.#file = file;
    this.#offset = text!.indexOf(CURSOR);
    this.files = Object.fromEntries(Object.entries(marked).map(([name, one]) => [name, one.replace(CURSOR, '')]));
    this.#analysis = analyzeBook(this.files['chapter.qmd'] ?? '', this.files);
  }

  /** The answer of the feature with that method at the cursor. */
  ask<Result>(method: string, params: object = {}): Result {
    const feature = handlers.get(method)!;
    const uri = uriIn(this.#file);
    const chapters = () => [{ uri: uriIn('chapter.qmd'), analysis: this.#analysis }];
    const otherSources = () => Object.entries(this.#closed).map(([name, text]) => ({ uri: uriIn(name), text }));
    const context = { uri, settings: DEFAULT_SETTINGS, findings: runRules(this.#analysis), chapters, otherSources };
    if (this.#file === 'chapter.qmd') {
      const position = this.#analysis.chapter.lines.positionAt(this.#offset);
      return feature.handle(this.#analysis, { textDocument: { uri }, position, ...params }, context) as Result;
    }
    const name = this.#file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
    const view = viewPackage(name, parseProgram(this.files[this.#file]!, `/book/${this.#file}`), this.files);
    const position = view.module.lines.positionAt(this.#offset);
    return (feature.inPackage?.(view, { position, ...params }, context) ?? null) as Result;
  }

  /** The text of the hover at the cursor; empty where there is none. */
  async hover(): Promise<string> {
    const found = await this.ask<Promise<Hover | null>>('textDocument/hover');
    return (found?.contents as { value: string } | undefined)?.value ?? '';
  }

  /** All files with «» around these places. */
  marked(places: readonly { readonly uri: string; readonly range: Range }[]): Sources {
    return this.#changed(places, text => `«${text}»`);
  }

  /** All files after a rename at the cursor. */
  renamed(newName: string): Sources {
    const { changes = {} } = this.ask<WorkspaceEdit>('textDocument/rename', { newName });
    const places = Object.entries(changes).flatMap(([uri, edits]) => edits.map(({ range }) => ({ uri, range })));
    return this.#changed(places, () => newName);
  }

  #changed(
    places: readonly { readonly uri: string; readonly range: Range }[],
    change: (text: string) => string,
  ): Sources {
    const changed = Object.entries(this.files).map(([name, text]) => {
      const document = TextDocument.create(uriIn(name), 'python', 1, text);
      const own = places.filter(({ uri }) => uri === uriIn(name)).map(({ range }) => range);
      const edits = own.map(range => ({ range, newText: change(document.getText(range)) }));
      return [name, TextDocument.applyEdits(document, edits)];
    });
    return Object.fromEntries(changed);
  }
}

const CURSOR = '¦';

const handlers = new Map(await Promise.all(features.map(async one => [one.method, await one.load()] as const)));

const uriIn = (name: string) => `file:///book/${name}`;
