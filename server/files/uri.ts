/**
 * URIs of documents. Clients write the same one in several ways: `file:///c%3A/a%2Bb.qmd` is `file:///C:/a+b.qmd`. Whatever
 * compares URIs does it through these functions.
 */
import { URI } from 'vscode-uri';

/** The path of a file; undefined for other documents, such as one that was never saved. */
export function pathOfUri(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

/** The URI of a file, in the form that VS Code uses. */
export function uriOfPath(path: string): string {
  return URI.file(path).toString();
}

/** The one form that all spellings of a URI share. */
export function uriKey(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? URI.file(parsed.fsPath).toString() : parsed.toString();
}

/** A map whose keys are URIs in any spelling. */
export class UriMap<T> {
  readonly #entries = new Map<string, { readonly uri: string; readonly value: T }>();

  get size(): number {
    return this.#entries.size;
  }

  has(uri: string): boolean {
    return this.#entries.has(uriKey(uri));
  }

  get(uri: string): T | undefined {
    return this.#entries.get(uriKey(uri))?.value;
  }

  set(uri: string, value: T): void {
    this.#entries.set(uriKey(uri), { uri, value });
  }

  delete(uri: string): boolean {
    return this.#entries.delete(uriKey(uri));
  }

  /** The URIs as they were last set. */
  *keys(): Iterable<string> {
    for (const { uri } of this.#entries.values()) yield uri;
  }

  *values(): Iterable<T> {
    for (const { value } of this.#entries.values()) yield value;
  }

  *[Symbol.iterator](): Iterator<readonly [string, T]> {
    for (const { uri, value } of this.#entries.values()) yield [uri, value];
  }
}
