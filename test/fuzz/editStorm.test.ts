/**
 * A storm of edits on the language server: every version gets its answers, and they are those that the same text gets
 * when it is opened afresh. `RECKONER_STORM_EDITS` and `RECKONER_STORM_SEED` make it longer, and another one.
 */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { chapterEdits, chapterTexts, placeOf } from '../support/chapterPieces';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';

const VERSIONS = Number(process.env.RECKONER_STORM_EDITS ?? 1500);
const SEED = Number(process.env.RECKONER_STORM_SEED ?? 1);
/** An answer that has not come by then will not come. */
const HANG = 30_000;

let client: TestClient;

beforeAll(async () => {
  const server = await startServer({ hasFolder: false });
  ({ client } = server);
  return server.stop;
}, 60_000);

async function answered<T>(answer: Promise<T>, history: readonly string[]): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${JSON.stringify(history)}`)), HANG);
  });
  try {
    return await Promise.race([answer, hang]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the server says of a document, with values where `values` says so. */
async function told(
  uri: string,
  document: TextDocument,
  offsets: readonly number[],
  values: boolean,
): Promise<unknown> {
  const textDocument = { uri };
  const ask = (method: string, params: object = {}) =>
    client.request(`textDocument/${method}`, { textDocument, ...params });
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  const whole = await Promise.all([
    ask('documentSymbol'),
    ask('foldingRange'),
    ask('documentLink'),
    ask('semanticTokens/full'),
    values ? ask('inlayHint', { range }) : null,
  ]);
  const places = await Promise.all(
    offsets.map(async offset => {
      const position = document.positionAt(offset);
      // A rename may be refused; then with the same words.
      const target = await ask('prepareRename', { position }).catch((error: unknown) => String(error));
      const renamed = await (target === null
        ? null
        : ask('rename', { position, newName: 'renamed_str' }).catch((error: unknown) => String(error)));
      const hover = values ? await ask('hover', { position }) : null;
      const rows = values ? await ask('completion', { position, context: { triggerKind: 1 } }) : null;
      const linked = await ask('linkedEditingRange', { position });
      const selection = await ask('selectionRange', { positions: [position] });
      return { offset, hover, rows, target, renamed, linked, selection };
    }),
  );
  return JSON.parse(JSON.stringify({ whole, places }).replaceAll(uri, 'URI'));
}

/** Places of interest in a text: where it was edited, its end, and where names stand. */
function offsetsIn(text: string, edited: number): number[] {
  const names = [...text.matchAll(/\b[xy](?:_str)?\b/g)].map(found => found.index).slice(0, 3);
  return [edited, text.length, ...names];
}

let documents = 0;

/** Opens a text, follows its versions and compares each with a fresh document. */
async function follow(start: string, versions: readonly (readonly TextDocumentContentChangeEvent[])[]): Promise<void> {
  const uri = `untitled:edited-${++documents}`;
  const document = TextDocument.create(uri, 'quarto', 1, start);
  await answered(client.open(uri, start), [start]);
  for (const [at, changes] of versions.entries()) {
    const history = [document.getText(), JSON.stringify(changes)];
    const version = at + 2;
    TextDocument.update(document, [...changes], version);
    const found = client.diagnostics(uri, version);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
    const text = document.getText();
    const last = changes.at(-1)!;
    const offsets = offsetsIn(text, 'range' in last ? document.offsetAt(last.range.start) : 0);
    const fresh = `untitled:fresh-${++documents}`;
    const findings = await answered(found, history);
    // A cell that cannot be parsed keeps its old values, which a fresh document does not know.
    const isSyntax = ({ code }: Diagnostic) => code === 'syntax-error' || code === 'unclosed-fence';
    const values = !findings.some(isSyntax);
    // Nor does it know what of the chapter still has a value.
    const comparable = (all: readonly Diagnostic[]) =>
      values ? all : all.filter(isSyntax).map(({ code, range }) => ({ code, range }));
    const answers = await answered(told(uri, document, offsets, values), history);
    const freshFindings = await answered(client.open(fresh, text), [text]);
    const freshAnswers = await answered(told(fresh, document, offsets, values), [text]);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: fresh } });
    const plain = (value: unknown, of: string) => JSON.parse(JSON.stringify(value).replaceAll(of, 'URI'));
    const message = `after ${history.join(' and ')}`;
    expect(plain(comparable(findings), uri), message).toEqual(plain(comparable(freshFindings), fresh));
    expect(answers, message).toEqual(freshAnswers);
  }
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

test(
  'every version of an edited chapter gets the answers that a fresh one gets',
  async () => {
    const runs = fc.sample(fc.tuple(chapterTexts, chapterEdits), { seed: SEED, numRuns: VERSIONS });
    let left = VERSIONS;
    for (const [start, edits] of runs) {
      if (left <= 0) break;
      const document = TextDocument.create('untitled:plan', 'quarto', 1, start);
      const versions = edits.slice(0, left).map(version =>
        version.map((edit): TextDocumentContentChangeEvent => {
          const { start: from, end, text } = placeOf(edit, document.getText());
          const change = { range: { start: document.positionAt(from), end: document.positionAt(end) }, text };
          TextDocument.update(document, [change], document.version + 1);
          return change;
        }),
      );
      left -= versions.length;
      await follow(start, versions);
    }
  },
  HANG + VERSIONS * 1000,
);
