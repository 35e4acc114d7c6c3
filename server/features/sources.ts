/** Where a number comes from, as texts near it tell: a comment over its group, an argument or attribute that names a source. */
import { type Call, type Expression, type Module, nodeAt, type Span } from '../../mlsys';
import type { LineIndex } from '../chapter/lines';
import type { Analysis } from '../evaluation/analysis';
import type { SourceRecord } from '../evaluation/provenance';
import type { ValueInfo } from '../evaluation/results';
import { plain } from './describe';

/** Names of arguments and attributes that tell a source. */
const NAMES: ReadonlySet<string> = new Set(['source', 'sources', 'provenance', 'reference', 'citation', 'url']);

/** Lines of a group that are looked through upwards. */
const MOST = 60;

/**
 * The comment over the group of lines that a statement or argument stands in: no blank line lies between, and no line that
 * is indented otherwise. Undefined where there is none, or where it is that of the statement alone (`shown` lines above).
 */
export function groupComment(source: string, lines: LineIndex, { start }: Span, shown: number): string | undefined {
  const row = (line: number) => source.slice(lines.lineStart(line), lines.lineStart(line + 1)).trimEnd();
  const own = lines.lineAt(start);
  const indent = /^\s*/.exec(row(own))![0];
  let at = own - 1 - shown;
  for (let steps = 0; at >= 0 && steps < MOST; at--, steps++) {
    const text = row(at);
    if (text === '' || !text.startsWith(indent)) return undefined;
    if (text.startsWith(`${indent}#`)) break;
  }
  const found: string[] = [];
  for (; at >= 0 && row(at).startsWith(`${indent}#`); at--) found.unshift(wordsOf(row(at)));
  const text = found.filter(one => one !== '').join(' ');
  return text === '' ? undefined : text;
}

/** Longer comments tell more than a source. */
const LONGEST = 100;

/** What a comment that names where numbers are from has of it. */
const DATED = /\b(?:19|20)\d\d\b|\b(?:data ?sheet|paper|report|documentation|catalog(?:ue)?|survey)\b/i;

/**
 * What the comment over the group of a number in a file of a package says of its source: what stands behind `Source:`, else
 * (`isNamed` is false) the whole comment where it may name one.
 */
export function sourceOfGroup(
  { place }: Pick<SourceRecord, 'place'>,
  { packages }: Analysis,
): { readonly text: string; readonly isNamed: boolean } | undefined {
  const module = place && packages.imported().find(({ file }) => file === place.file);
  if (module === undefined) return undefined;
  const comment = groupComment(module.program.source, module.lines, place!, 0);
  const named = /\bSources?:\s*(.+)$/i.exec(comment ?? '')?.[1];
  const text = named ?? comment;
  if (text === undefined || text.length > LONGEST) return undefined;
  return named !== undefined || DATED.test(text) ? { text, isNamed: named !== undefined } : undefined;
}

/** A comment without its marks and rules. */
function wordsOf(comment: string): string {
  return comment.replace(/^[\s#]+/, '').replace(/^[\s\-=─━*]+|[\s\-=─━*#]+$/g, '');
}

/** What the arguments of the calls around a place tell of the source of the others, those of the innermost call that has any. */
export function sourceArguments(module: Module, source: string, { start }: Span): string[] {
  const calls = nodeAt(module, start).filter((node): node is Call => 'kind' in node && node.kind === 'Call');
  for (const call of calls.reverse()) {
    const found = call.keywords.flatMap(({ name, value }) => {
      if (name === undefined) return [];
      if (NAMES.has(name.name)) return [sourceLine(name.name, value, source)];
      // `metadata={"source_url": …}`
      if (value.kind !== 'Dict') return [];
      return value.entries.flatMap(({ key, value: entry }) => {
        const isTold = key?.kind === 'Constant' && typeof key.value === 'string' && TELLING.test(key.value);
        return isTold ? [sourceLine(key.value as string, entry, source)] : [];
      });
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** Keys of dicts that tell a source. */
const TELLING = /^(source|provenance|reference|citation|url)/;

function sourceLine(name: string, value: Expression, source: string): string {
  const isText = value.kind === 'Constant' && typeof value.value === 'string';
  const text = isText ? (value.value as string) : source.slice(value.start, value.end);
  return `${capital(name)}: ${plain(text.replaceAll(/\s+/g, ' '))}`;
}

/** What the value at a path, or the object that holds it, tells of its source in an attribute. */
export async function sourceAttributes(path: string, seen: number, analysis: Analysis): Promise<string[]> {
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  const own = await analysis.membersAt(root, seen, rest);
  const found = told(own?.members);
  if (found.length > 0 || rest.length === 0 || own?.value.kind !== 'other') return found;
  return told((await analysis.membersAt(root, seen, rest.slice(0, -1)))?.members);
}

function told(members: readonly { readonly name: string; readonly value: ValueInfo }[] = []): string[] {
  return members
    .filter(
      ({ name, value }) =>
        NAMES.has(name) && value.kind === 'other' && value.unknown === undefined && value.type !== 'NoneType',
    )
    .map(
      ({ name, value }) => `${capital(name)}: ${plain(value.type === 'str' ? value.repr.slice(1, -1) : value.repr)}`,
    );
}

function capital(name: string): string {
  return (name[0]!.toUpperCase() + name.slice(1)).replaceAll('_', ' ');
}
