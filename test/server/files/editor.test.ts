/** The files of an editor that can be reached by messages only: what of them is copied, and how the copy follows. */
import { describe, expect, test } from 'vitest';
import type { FileChange } from '../../../server/files/access';
import { EditorFiles } from '../../../server/files/editor';
import { EditorForTests } from '../../support/editorFiles';
import { engineIn } from '../../support/engine';

async function mirrored(texts: Readonly<Record<string, string>>) {
  const editor = new EditorForTests(texts);
  const log: string[] = [];
  const files = new EditorFiles(editor, ['/book'], message => log.push(message));
  await files.ready;
  const told: FileChange[] = [];
  files.mirror.watch(changes => told.push(...changes));
  /** Waits until what was reported has been read. */
  const report = async (...changes: FileChange[]) => {
    const before = told.length;
    files.report(changes);
    await expect.poll(() => told.length).toBeGreaterThan(before);
    return told.slice(before);
  };
  return { editor, log, files, mirror: files.mirror, book: files.mirror.filesIn('/book'), report };
}

describe('what is copied', () => {
  const TEXTS = {
    '/book/a.qmd': 'text',
    '/book/units/u.txt': 'm = []',
    '/book/images/way.png': 'many bytes',
    '/book/.git/config': 'none of the author',
    '/book/node_modules/x/y.py': 'none of the author',
    '/book/away.py': '-> /etc/passwd',
    '/elsewhere/b.qmd': 'no',
  };

  test('texts with their content, other files by their being there', async () => {
    const { book } = await mirrored(TEXTS);
    expect(book.readText('/book/a.qmd')).toBe('text');
    expect(book.readText('/book/units/u.txt')).toBe('m = []');
    expect(book.problemWith('/book/images/way.png')).toBeUndefined();
    expect(() => book.readBytes('/book/images/way.png')).toThrow('/book/images/way.png: is of a kind, or a size, that');
    expect(book.list('/book').map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      '.git folder',
      'a.qmd file',
      'away.py link',
      'images folder',
      'node_modules folder',
      'units folder',
    ]);
  });

  test('nothing of folders that are none of the author’s, though they are there', async () => {
    const { book, editor } = await mirrored(TEXTS);
    expect(book.isThere('/book/.git')).toBe(true);
    expect(book.exists('/book/.git/config')).toBe(false);
    expect(editor.asked.sort()).toEqual(['/book/a.qmd', '/book/units/u.txt']);
  });

  test('no link, and nothing outside of the workspace', async () => {
    const { book } = await mirrored(TEXTS);
    expect(() => book.readText('/book/away.py')).toThrow(
      '/book/away.py: is a link, and links are not followed in a browser',
    );
    expect(() => book.readText('/elsewhere/b.qmd')).toThrow(
      'lies outside the workspace (/book), where nothing is read',
    );
    expect(() => book.readText('/book/../elsewhere/b.qmd')).toThrow('lies outside the workspace');
    expect(() => book.readText('/book/gone.qmd')).toThrow('/book/gone.qmd: no such file');
    expect(() => book.readText('/book/units')).toThrow('/book/units: is a directory');
    expect(() => book.readText('/book/a.qmd', 3)).toThrow('/book/a.qmd: is larger than 0.000003 MB');
  });
});

describe('what changes', () => {
  test('is told once it can be read', async () => {
    const { editor, book, report } = await mirrored({ '/book/a.qmd': 'old' });
    editor.write('/book/a.qmd', 'new');
    expect(await report({ path: '/book/a.qmd', cameOrWent: false })).toEqual([
      { path: '/book/a.qmd', cameOrWent: false },
    ]);
    expect(book.readText('/book/a.qmd')).toBe('new');
  });

  test('may be a folder that comes or goes with all that it holds', async () => {
    const { editor, book, report } = await mirrored({ '/book/a.qmd': 'a' });
    editor.write('/book/fleet/rates.py', 'r = 1');
    const came = await report({ path: '/book/fleet', cameOrWent: true });
    expect(came).toContainEqual({ path: '/book/fleet/rates.py', cameOrWent: true });
    expect(book.readText('/book/fleet/rates.py')).toBe('r = 1');
    editor.remove('/book/fleet');
    expect(await report({ path: '/book/fleet', cameOrWent: true })).toEqual([
      { path: '/book/fleet', cameOrWent: true },
    ]);
    expect(book.exists('/book/fleet/rates.py')).toBe(false);
    expect(book.list('/book').map(({ name }) => name)).toEqual(['a.qmd']);
  });

  test('reaches copies of the copy', async () => {
    const { editor, mirror, report } = await mirrored({ '/book/a.qmd': 'old' });
    const { FileMirror } = await import('../../../server/files/mirror');
    const copy = new FileMirror();
    copy.apply(structuredClone(mirror.content));
    mirror.follow(changes => copy.apply(structuredClone(changes)));
    expect(copy.filesIn('/book').readText('/book/a.qmd')).toBe('old');
    editor.write('/book/a.qmd', 'new');
    await report({ path: '/book/a.qmd', cameOrWent: false });
    expect(copy.filesIn('/book').readText('/book/a.qmd')).toBe('new');
  });
});

test('an editor that fails is told of, and what else there is is read', async () => {
  const editor = new EditorForTests({ '/book/a.qmd': 'a', '/book/b.qmd': 'b' });
  const read = editor.read.bind(editor);
  editor.read = (path, limit) => (path === '/book/a.qmd' ? Promise.reject(new Error('no')) : read(path, limit));
  const log: string[] = [];
  const files = new EditorFiles(editor, ['/book'], message => log.push(message));
  await files.ready;
  expect(log).toEqual(['/book/a.qmd was not read: Error: no']);
  expect(files.mirror.filesIn('/book').readText('/book/b.qmd')).toBe('b');
});

test('chapters import from the copy, and again once that has changed', async () => {
  const { editor, mirror, report } = await mirrored({
    '/book/fleet/__init__.py': '',
    '/book/fleet/rates.py': 'r = 1\n',
  });
  const { engine } = engineIn('/book', {}, mirror);
  const uri = 'file:///book/a.qmd';
  engine.open(uri, 1, '```{python}\nfrom fleet.rates import r\n```\n\nIt is `{python} r`.\n');
  const values = async () => (await engine.chapter(uri)!.whenChecked()).analysis.refs.map(({ text }) => text);
  expect(await values()).toEqual(['1']);
  editor.write('/book/fleet/rates.py', 'r = 2\n');
  await report({ path: '/book/fleet/rates.py', cameOrWent: false });
  expect(await values()).toEqual(['2']);
  await engine.close();
});
