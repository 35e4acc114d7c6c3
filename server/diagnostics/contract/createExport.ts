/** Creating an export that the prose names and no cell makes: the line that formats a value which a cell has. */
import { type Span, symbolIndex } from '../../../mlsys';
import type { Ref } from '../../chapter/model';
import type { Analysis, CellResult } from '../../evaluation/analysis';
import type { Fix, TextEdit } from '../finding';
import { replacement } from '../fixes';
import { cellsOf } from '../recording';
import { lineEnd, lineStart } from '../sourceLines';
import { bridgeEdits, listingEdits } from './bridges';
import { contractOf } from './cellContract';
import { inChapter } from './headerText';

/** What a value is called that an export `x_str` shows. */
const ENDINGS = ['', '_value', '_val', '_num', '_q'];

interface Source {
  readonly result: CellResult;
  /** The class whose attribute it is; undefined for a name of the module. */
  readonly owner: string | undefined;
  readonly name: string;
}

/**
 * The fix that creates `name`, of the class `owner` where the reference names that: a line behind the last one of its kind, in the
 * last cell above the reference that has a value of that name. The values of all other names stay as they are.
 */
export function creationOf(name: string, owner: string | undefined, ref: Ref, analysis: Analysis): Fix | undefined {
  const source = sourceFor(name, owner, ref, analysis);
  const { result } = source ?? {};
  if (source === undefined || result === undefined) return undefined;
  const { program, cell } = result;
  const statements = definitionsIn(source);
  const last = statements.outputs.at(-1);
  const format = formatted(source, last === undefined ? undefined : spanText(last, program.source));
  if (format === undefined) return undefined;
  const line = `${name} = ${format}`;
  const at = Math.max(last?.end ?? 0, statements.value.end);
  const end = lineEnd(program.source, at);
  const indentation = /^[ \t]*/.exec(program.source.slice(lineStart(program.source, statements.value.start)))![0];
  const edits: TextEdit[] = [inChapter({ start: end, end, newText: `\n${indentation}${line}` }, cell)];
  const path = source.owner === undefined ? undefined : `${source.owner}.${name}`;
  const bridges = contractOf(program).exports.filter(one => one.bridge !== undefined);
  if (path === undefined)
    return { title: `Create it: add \`${line}\``, edits: [...edits, ...listingEdits(result, name)] };
  if (owner !== undefined) return { title: `Create it: add \`${line}\` to \`${owner}\``, edits };
  if (bridges.length === 0)
    return {
      title: `Create it: add \`${line}\` to \`${source.owner}\`, and name it \`${path}\``,
      edits: ref.expr === name ? [...edits, replacement(ref.exprRange, path)] : [],
    };
  return {
    title: `Create it: add \`${line}\` to \`${source.owner}\`, and bring it out of the class`,
    edits: [...edits, ...bridgeEdits(result, bridges, name, path)],
  };
}

function sourceFor(name: string, owner: string | undefined, ref: Ref, analysis: Analysis): Source | undefined {
  if (!name.endsWith('_str')) return undefined;
  const base = name.slice(0, -'_str'.length);
  for (const result of cellsOf(analysis).slice(0, ref.cellsBefore).toReversed()) {
    if (result.status !== 'ok') continue;
    const { attributes, bound } = contractOf(result.program);
    for (const ending of ENDINGS) {
      const wanted = base + ending;
      const path = [...attributes].find(one =>
        owner === undefined ? one.endsWith(`.${wanted}`) : one === `${owner}.${wanted}`,
      );
      if (path !== undefined) return { result, owner: path.slice(0, path.lastIndexOf('.')), name: wanted };
      if (owner === undefined && bound.has(wanted)) return { result, owner: undefined, name: wanted };
    }
  }
  return undefined;
}

/** The statement that makes the value, and those beside it that make texts, in order. */
function definitionsIn({ result, owner, name }: Source): { readonly value: Span; readonly outputs: readonly Span[] } {
  const prefix = owner === undefined ? '' : `${owner}.`;
  const own = symbolIndex(result.program.module).definitions.all.filter(
    one => one.name.startsWith(prefix) && !one.name.slice(prefix.length).includes('.'),
  );
  return {
    value: own.findLast(one => one.name === prefix + name)!.statement,
    outputs: own.filter(one => one.name.endsWith('_str')).map(one => one.statement),
  };
}

/** The value as the line above formats its own. */
function formatted({ name, result }: Source, last: string | undefined): string | undefined {
  const precision = /\bfmt\(.*\bprecision\s*=\s*(\d+)/s.exec(last ?? '')?.[1];
  if (precision !== undefined) return `fmt(${name}, precision=${precision})`;
  const spec = /=\s*f(["'])\{[^{}:]+(:[^{}]*)\}/.exec(last ?? '')?.[2];
  if (spec !== undefined) return `f"{${name}${spec}}"`;
  return /\bimport\b.*\bfmt\b/.test(result.program.source) ? `fmt(${name}, precision=1)` : undefined;
}

function spanText({ start, end }: Span, source: string): string {
  return source.slice(start, end);
}
