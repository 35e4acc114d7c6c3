/** Files that change outside of the editor, whole folders included: what chapters show of them follows. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { codeOf, eventually, fileOf, hoverText, openChapter, positionOf } from '../support';

const path = (name: string): string => fileOf(name).fsPath;
const F = '```';

/** Resolves once the hover at the reference of a chapter tells of a value, or no longer does. */
function value(document: vscode.TextDocument, shown: string, isThere: boolean): Promise<true> {
  return eventually(`${shown} to be ${isThere ? 'there' : 'gone'}`, async () => {
    const text = await hoverText(document.uri, positionOf(document, 'FLOW`', 1));
    return text !== '' && text.includes(shown) === isThere ? true : undefined;
  });
}

function missing(uri: vscode.Uri, count: number): Promise<true> {
  return eventually(`${count} files that are missing`, () => {
    const found = vscode.languages.getDiagnostics(uri).filter(each => codeOf(each) === 'missing-file');
    return found.length === count ? true : undefined;
  });
}

describe('files that change outside of the editor', () => {
  after(() => {
    for (const name of ['pumping', 'elsewhere', 'sources', 'pumps.qmd', 'sources.qmd'])
      rmSync(path(name), { recursive: true, force: true });
  });

  it('a package follows its file, and its folder when that moves or goes', async () => {
    mkdirSync(path('pumping'));
    writeFileSync(path('pumping/__init__.py'), 'FLOW = 4711\n');
    writeFileSync(path('pumps.qmd'), `${F}{python}\nfrom pumping import FLOW\n${F}\n\nAt \`{python} FLOW\`.\n`);
    const { document } = await openChapter('pumps.qmd');
    await value(document, '4711', true);
    writeFileSync(path('pumping/__init__.py'), 'FLOW = 4712\n');
    await value(document, '4712', true);
    renameSync(path('pumping'), path('elsewhere'));
    await value(document, '4712', false);
    renameSync(path('elsewhere'), path('pumping'));
    await value(document, '4712', true);
    rmSync(path('pumping'), { recursive: true });
    await value(document, '4712', false);
  }).timeout(60_000);

  it('a bibliography in YAML is noticed when it comes, and when its folder goes', async () => {
    writeFileSync(path('sources.qmd'), '---\nbibliography: sources/own.yaml\n---\n\nText.\n');
    const { document } = await openChapter('sources.qmd');
    await missing(document.uri, 1);
    mkdirSync(path('sources'));
    writeFileSync(path('sources/own.yaml'), 'references: []\n');
    await missing(document.uri, 0);
    rmSync(path('sources'), { recursive: true });
    await missing(document.uri, 1);
  }).timeout(60_000);
});

describe('files that are renamed in the editor', () => {
  after(() => {
    for (const name of ['parts.qmd', 'weir.qmd', 'lock.qmd']) rmSync(path(name), { force: true });
  });

  it('are named as before by other chapters', async () => {
    writeFileSync(path('weir.qmd'), '# Weir\n');
    writeFileSync(path('parts.qmd'), '# Parts\n\nSee [the weir](weir.qmd).\n');
    const { document } = await openChapter('parts.qmd');
    await eventually('the link to be known', async () => {
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      return links.some(({ target }) => target?.path.endsWith('/weir.qmd')) || undefined;
    });
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(fileOf('weir.qmd'), fileOf('lock.qmd'));
    await vscode.workspace.applyEdit(edit);
    await eventually('the link to the new name', () => document.getText().includes('](lock.qmd)') || undefined);
  });
});
