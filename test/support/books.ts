/** Chapters with packages beside them, held in memory. */
import type { ModuleSource, Program, SourceFile } from '../../mlsys';
import { parseChapter } from '../../server/chapter';
import type { Analysis } from '../../server/evaluation/analysis';
import { Evaluator } from '../../server/evaluation/evaluator';
import { importModule, type PackageView, packageViewOf } from '../../server/evaluation/packageView';

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

/** Evaluates a chapter beside these sources. */
export function analyzeBook(text: string, sources: Sources): Analysis {
  const evaluator = new Evaluator({ modules: sourcesIn(sources) });
  return evaluator.update(parseChapter(text, 'file:///book/chapter.qmd'), 1);
}

/** What is known of a module with a present text, once its sources were imported. */
export function viewPackage(name: string, program: Program, sources: Sources): PackageView {
  const source = sourcesIn(sources);
  return packageViewOf(name, program, source, importModule(name, source));
}
