/** Chapters that are typed at their end, key by key, as an author does; then all must be as if they were opened so. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, eventually } from '../support';

const F = '```';

const START = `# Trip

${F}{python}
distance = 480
${F}
`;

/** What is typed: each kind of block, with the blank lines around that end one and begin the next. */
const TYPED = [
  '\n\nA new paragraph.\n\nA second one, of `{python} distance` km.\n\n',
  '## Heading {#sec-new}\n\n',
  `${F}{python}\nhours_str = f"{distance / 80:.1f}"\n${F}\n\nIt takes \`{python} hours_str\` hours, not \`{python} hour_str\`.\n\n`,
  '::: {.callout-note}\n- one\n- two\n:::\n\n',
  '| a | b |\n|---|---|\n| 1 | `{python} distance` |\n\n: Two columns {#tbl-new}\n\n',
  '$$\nx = 1\n$$ {#eq-new}\n\n<!-- reckoner-ignore undefined-export -->\n\n`{python} missing_str`\n\nThe end',
];

async function open(content: string, eol: vscode.EndOfLine): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'quarto', content });
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await editor.edit(edit => edit.setEndOfLine(eol));
  return editor;
}

/** All that the server says of a document, once it stays the same and has a text that is waited for. */
async function told({ document }: vscode.TextEditor, wanted = 'hour_str'): Promise<string> {
  const { uri } = document;
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const ask = (command: string, ...more: unknown[]) => vscode.commands.executeCommand(command, uri, ...more);
  const now = async () => {
    const problems = vscode.languages
      .getDiagnostics(uri)
      .filter(each => each.source === 'reckoner')
      .map(each => [codeOf(each), each.message, each.range])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const symbols = await ask('vscode.executeDocumentSymbolProvider');
    const hints = (await ask('vscode.executeInlayHintProvider', whole)) as vscode.InlayHint[];
    const values = hints.map(({ label, position }) => [label, position]);
    return JSON.stringify({ problems, symbols, values }, (key, value) => (key === 'uri' ? undefined : value), 1);
  };
  let before = await now();
  return eventually('what the server says to settle', async () => {
    await new Promise(resolve => setTimeout(resolve, 100));
    const after = await now();
    const settled = after === before && after.includes(wanted);
    before = after;
    return settled ? after : undefined;
  });
}

/** What the editor would put in by itself. */
const HELP = [
  'autoClosingBrackets',
  'autoClosingComments',
  'autoClosingOvertype',
  'autoClosingQuotes',
  'autoIndent',
  'acceptSuggestionOnCommitCharacter',
];

async function help(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('editor');
  for (const key of HELP) await configuration.update(key, values[key], vscode.ConfigurationTarget.Global);
}

describe('typing at the end of a chapter', () => {
  before(() =>
    help({
      autoClosingBrackets: 'never',
      autoClosingComments: 'never',
      autoClosingQuotes: 'never',
      autoIndent: 'none',
      acceptSuggestionOnCommitCharacter: false,
    }),
  );
  after(() => help({}));

  for (const [name, eol] of [
    ['LF', vscode.EndOfLine.LF],
    ['CRLF', vscode.EndOfLine.CRLF],
  ] as const)
    it(`leaves what a fresh opening gives, with lines that end in ${name}`, async () => {
      const editor = await open(START, eol);
      const { document } = editor;
      for (const part of TYPED) {
        const end = document.lineAt(document.lineCount - 1).range.end;
        editor.selection = new vscode.Selection(end, end);
        for (const key of part) await vscode.commands.executeCommand('type', { text: key });
      }
      const text = document.getText();
      assert.equal(text.replaceAll('\r\n', '\n'), START + TYPED.join(''));
      const typed = await told(editor);
      assert.match(typed, /480/, 'values are shown');
      const fresh = await open(text.replaceAll('\r\n', '\n'), eol);
      assert.equal(fresh.document.getText(), text);
      assert.equal(typed, await told(fresh));
    }).timeout(60_000);
});

/** Types key by key, and waits until the chapter reads as given, with the cursor behind what was typed. */
async function type(keys: string, editor: vscode.TextEditor, wanted: string): Promise<void> {
  for (const text of keys) await vscode.commands.executeCommand('type', { text });
  const { document } = editor;
  const now = () => {
    const at = document.offsetAt(editor.selection.active);
    const text = document.getText();
    return `${text.slice(0, at)}¦${text.slice(at)}`;
  };
  await eventually(`what ${JSON.stringify(keys)} gives`, async () => now() === wanted || undefined).catch(() =>
    assert.equal(now(), wanted),
  );
}

describe('typing a fence', () => {
  it('closes it, once', async () => {
    const editor = await open('', vscode.EndOfLine.LF);
    await type('---\n', editor, '---\n¦\n---');
    await type('title: A\n---', editor, '---\ntitle: A\n---¦');
    await type(`\n\n${F}{python}\n`, editor, `---\ntitle: A\n---\n\n${F}{python}\n¦\n${F}`);
    await type(`x = 1\n${F}`, editor, `---\ntitle: A\n---\n\n${F}{python}\nx = 1\n${F}¦`);
  });

  it('takes a backtick that the editor put for that of the closing line', async () => {
    await help({ autoClosingOvertype: 'always' });
    const editor = await open(`${F}{python}\nx = 1\n${F}\n${F}`, vscode.EndOfLine.LF);
    editor.selection = new vscode.Selection(2, 2, 2, 2);
    await type('`', editor, `${F}{python}\nx = 1\n${F}¦`);
  });

  it('closes a div, and one within it', async () => {
    const editor = await open('', vscode.EndOfLine.LF);
    await type(':::: {.columns}\n', editor, ':::: {.columns}\n¦\n::::');
    await type('::: {.column}\n', editor, ':::: {.columns}\n::: {.column}\n¦\n:::\n::::');
  });

  it('leaves it open where quotes are not closed', async () => {
    await help({ autoClosingQuotes: 'never' });
    const editor = await open(START, vscode.EndOfLine.LF);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    await type(`\n${F}r\ny`, editor, `${START}\n${F}r\ny¦`);
    await told(editor, 'unclosed-fence');
    assert.equal(editor.document.getText(), `${START}\n${F}r\ny`);
    await help({});
  });
});

describe('typing a quote', () => {
  const cases = [
    ["x = '", "x = '¦'"],
    ['x = f"', 'x = f"¦"'],
    ['print(f"{x}")', 'print(f"{x}")¦'],
    ["x = ['a', 'b']", "x = ['a', 'b']¦"],
    ["it's the cat's $f'(x)$", "it's the cat's $f'(x)$¦"],
    ['"half" of \'it\'', '"half" of \'it\'¦'],
  ] as const;
  for (const [keys, wanted] of cases)
    it(`closes it where one begins: ${keys}`, async () => {
      await type(keys, await open('', vscode.EndOfLine.LF), wanted);
    });
});
