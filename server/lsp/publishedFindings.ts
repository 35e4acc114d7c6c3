/**
 * The findings that are published, by document. What stands in a file that several chapters include is told by each of them,
 * and published once, with all of them.
 */
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

export class PublishedFindings {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  /** By document, and there by the chapter that tells them. */
  readonly #told = new Map<string, Map<string, readonly Diagnostic[]>>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Takes what a chapter has to tell now, of itself and of files that it includes, instead of what it told before. */
  take(owner: string, diagnostics: ReadonlyMap<string, readonly Diagnostic[]>, version?: number): void {
    const concerned = new Set([owner, ...diagnostics.keys()]);
    for (const [uri, told] of this.#told) if (told.has(owner)) concerned.add(uri);
    for (const uri of concerned) {
      const told = this.#told.get(uri) ?? new Map<string, readonly Diagnostic[]>();
      const own = diagnostics.get(uri) ?? [];
      if (own.length === 0) told.delete(owner);
      else told.set(owner, own);
      if (told.size === 0) this.#told.delete(uri);
      else this.#told.set(uri, told);
      const all = joined([...told.values()].flat());
      this.#send({ uri, diagnostics: all, ...(uri === owner && version !== undefined ? { version } : {}) });
    }
  }
}

/** What several chapters tell of the same place is one diagnostic, with what each of them relates it to. */
function joined(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const { start, end } = one.range;
    const key = `${start.line}:${start.character}-${end.line}:${end.character} ${one.code} ${one.message}`;
    const twin = known.get(key);
    known.set(key, twin === undefined ? one : withRelated(twin, one));
  }
  return [...known.values()];
}

function withRelated(one: Diagnostic, twin: Diagnostic): Diagnostic {
  const related = [...(one.relatedInformation ?? []), ...(twin.relatedInformation ?? [])];
  const unique = [...new Map(related.map(place => [JSON.stringify(place), place])).values()];
  return unique.length === 0 ? one : { ...one, relatedInformation: unique };
}
