/** What is read of a workspace, and what is refused, in words. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileAccess, FileError } from '../../server/files/access';
import { filesIn } from '../../server/files/node';
import { replaceFile, writeWhole } from '../../server/files/replace';
import { UriMap, uriKey } from '../../server/files/uri';
import { chaptersAt } from '../../server/workspace/files';
import { problemWithImage } from '../../server/workspace/images';

const isPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

let top: string;
let book: string;
let files: FileAccess;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'reckoner-files-')));
  book = join(top, 'book');
  mkdirSync(book);
  writeFileSync(join(top, 'private.bib'), '@book{secret}');
  files = filesIn(book);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const at = (name: string) => join(book, name);

/** What reading gives: the text, or why there is none. */
function told(name: string, limit?: number): string {
  let text: string;
  try {
    text = files.readText(at(name), limit);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    expect(files.problemWith(at(name), limit)?.reason).toBe(error.problem === 'not-text' ? undefined : error.reason);
    expect(error.message).toBe(`${at(name)}: ${error.reason}`);
    return `${error.problem}: ${error.reason.replaceAll(top, '')}`;
  }
  expect(files.problemWith(at(name), limit)).toBeUndefined();
  return text;
}

describe('reading', () => {
  test('a file, through links that stay inside', () => {
    writeFileSync(at('a.bib'), 'text');
    symlinkSync('a.bib', at('b.bib'));
    mkdirSync(at('sub'));
    symlinkSync('..', at('sub/up'));
    expect([told('a.bib'), told('b.bib'), told('sub/up/a.bib')]).toEqual(['text', 'text', 'text']);
  });

  test('nothing through links that lead outside, nor beside the workspace', () => {
    symlinkSync('../private.bib', at('a.bib'));
    symlinkSync('..', at('up'));
    const outside = 'outside: lies outside the workspace (/book), where nothing is read';
    expect([told('a.bib'), told('up/private.bib'), told('../private.bib')]).toEqual([outside, outside, outside]);
    expect([files.exists(at('a.bib')), files.stat(at('a.bib')), files.realPath(at('a.bib'))]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    // A folder whose name begins like the workspace's is another one.
    mkdirSync(join(top, 'book-2'));
    writeFileSync(join(top, 'book-2/a.bib'), '');
    expect(told('../book-2/a.bib')).toBe(outside);
  });

  test('nothing of what is not there', () => {
    symlinkSync('b.bib', at('a.bib'));
    symlinkSync('a.bib', at('b.bib'));
    symlinkSync('nowhere', at('c.bib'));
    writeFileSync(at('d'), '');
    expect(told('a.bib')).toBe('missing: too many symbolic links');
    expect(told('c.bib')).toBe('missing: no such file');
    expect(told('d/e')).toBe('missing: a part of the path is not a directory');
    expect(told(`${'x'.repeat(300)}.bib`)).toBe('missing: the name is too long');
  });

  test.runIf(isPosix)('nothing but regular files, and at once', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync('/dev/zero', at('zero'));
    const server = createServer().listen(at('socket'));
    await new Promise(resolve => server.once('listening', resolve));
    expect(told('pipe')).toBe('irregular: is not a regular file');
    expect(told('socket')).toBe('irregular: is not a regular file');
    expect(told('.')).toBe('irregular: is a directory');
    expect(told('zero')).toMatch(/^outside: /);
    server.close();
    // Even a workspace that holds devices gives none of them.
    const devices = filesIn('/dev');
    expect(devices.problemWith('/dev/zero')?.reason).toBe('is not a regular file');
  });

  test('nothing beyond the limit, however a file claims to be', () => {
    writeFileSync(at('a'), '12345');
    expect([told('a', 5), told('a', 4)]).toEqual(['12345', 'too-large: is larger than 0.000004 MB']);
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 33e6);
    expect(told('huge')).toBe('too-large: is larger than 32 MB');
  });

  test('no binary files and no other encodings as text, but their bytes', () => {
    writeFileSync(at('a'), Buffer.from([1, 0, 2]));
    writeFileSync(at('b'), Buffer.from([0x63, 0xe9]));
    writeFileSync(at('c'), '\uFEFFtext');
    expect([told('a'), told('b'), told('c')]).toEqual([
      'not-text: is a binary file',
      'not-text: is not UTF-8 text',
      '\uFEFFtext',
    ]);
    expect([...files.readBytes(at('a'))]).toEqual([1, 0, 2]);
  });

  // As root there is no mode that forbids reading.
  test.skipIf(isRoot || !isPosix)('nothing without permission', () => {
    writeFileSync(at('a'), '');
    chmodSync(at('a'), 0);
    expect(told('a')).toBe('denied: permission denied');
  });

  test('the stamp of a file differs after each write', () => {
    const stamps = ['a', 'b', 'b'].map(text => {
      rmSync(at('a'), { force: true });
      writeFileSync(at('a'), text);
      return files.stat(at('a'))?.stamp;
    });
    expect(new Set(stamps).size).toBe(3);
  });
});

describe('finding chapters', () => {
  const found = () => {
    const { chapters, problems } = chaptersAt(book, files);
    return [...chapters.map(path => path.slice(book.length + 1)), ...problems.map(one => one.reason)];
  };

  test('in order of their names, links only where they are the only way', () => {
    for (const name of ['b.qmd', 'a.qmd', 'sub/c.qmd', '_book/x.qmd', 'node_modules/x.qmd', '.x/x.qmd']) {
      mkdirSync(join(at(name), '..'), { recursive: true });
      writeFileSync(at(name), '');
    }
    symlinkSync('a.qmd', at('twin.qmd'));
    symlinkSync('../private.bib', at('out.qmd'));
    symlinkSync('loop.qmd', at('loop.qmd'));
    symlinkSync('.', at('self'));
    mkdirSync(at('shared'));
    writeFileSync(at('shared/text'), '');
    symlinkSync('shared/text', at('only.qmd'));
    expect(found()).toEqual(['a.qmd', 'b.qmd', 'loop.qmd', 'only.qmd', 'out.qmd', 'sub/c.qmd']);
  });

  test('a folder that is not there is told', () => {
    expect(() => chaptersAt(at('nowhere'), files)).toThrow(`${at('nowhere')}: no such file`);
  });
});

test('pictures are found beside the chapter, by addresses with escapes, inside the workspace alone', () => {
  mkdirSync(at('part'));
  writeFileSync(at('part/a b.png'), '');
  writeFileSync(join(top, 'private.png'), '');
  symlinkSync('../private.png', at('link.png'));
  const problem = (url: string) => problemWithImage(url, { path: at('part/a.qmd'), files })?.replaceAll(top, '');
  expect([problem('a%20b.png'), problem('a b.png?x#y')]).toEqual([undefined, undefined]);
  expect(problem('../link.png')).toBe('lies outside the workspace (/book), where nothing is read');
  expect(problem('../../private.png')).toBe('lies outside the workspace (/book), where nothing is read');
  expect(problem('gone.png')).toBe('no such file');
  expect(problem('a%.png')).toBe('its address cannot be read');
});

describe('replacing a file', () => {
  test('keeps its mode, and a link to it', () => {
    writeFileSync(at('a.qmd'), 'old');
    chmodSync(at('a.qmd'), 0o640);
    symlinkSync('a.qmd', at('b.qmd'));
    replaceFile(files, at('b.qmd'), 'new');
    expect(readFileSync(at('a.qmd'), 'utf8')).toBe('new');
    expect(statSync(at('a.qmd')).mode & 0o777).toBe(0o640);
    expect(realpathSync(at('b.qmd'))).toBe(at('a.qmd'));
    expect(readdirSync(book).sort()).toEqual(['a.qmd', 'b.qmd']);
  });

  test('works for a name as long as can be', () => {
    const name = `${'x'.repeat(251)}.qmd`;
    writeFileSync(at(name), 'old');
    replaceFile(files, at(name), 'new');
    expect(readFileSync(at(name), 'utf8')).toBe('new');
  });

  test.runIf(isPosix)('writes to a pipe, or through a link to one, and leaves it there', () => {
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync('book/pipe', join(top, 'link'));
    const reader = openSync(at('pipe'), constants.O_RDWR);
    writeWhole(files, at('pipe'), 'page');
    writeWhole(filesIn(top), join(top, 'link'), ' two');
    const read = Buffer.alloc(8);
    expect([readSync(reader, read, 0, 4, null), readSync(reader, read, 4, 4, null)]).toEqual([4, 4]);
    closeSync(reader);
    expect(read.toString()).toBe('page two');
    expect(statSync(at('pipe')).isFIFO()).toBe(true);
  });

  test('is refused outside the workspace and for read-only files, which stay as they are', () => {
    symlinkSync('../private.bib', at('a.qmd'));
    expect(() => replaceFile(files, at('a.qmd'), 'new')).toThrow(/a\.qmd: no such file in the workspace$/);
    writeFileSync(at('b.qmd'), 'old', { mode: 0o444 });
    expect(() => replaceFile(files, at('b.qmd'), 'new')).toThrow(
      /b\.qmd: (is read-only|cannot be written: permission denied)/,
    );
    expect(readFileSync(join(top, 'private.bib'), 'utf8')).toBe('@book{secret}');
    expect(readFileSync(at('b.qmd'), 'utf8')).toBe('old');
    expect(readdirSync(book).sort()).toEqual(['a.qmd', 'b.qmd']);
  });
});

describe('URIs', () => {
  test.each([
    ['file:///book/a%2Bb.qmd', 'file:///book/a+b.qmd'],
    ['file:///c%3A/book/a.qmd', 'file:///C:/book/a.qmd'],
    ['file:///book/a%20b.qmd', 'file:///book/a b.qmd'],
    ['file:///book/%C3%A9.qmd', 'file:///book/é.qmd'],
    ['file:///book/a%23b.qmd', 'file:///book/%61%23b.qmd'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
  ])('%s is %s', (one, other) => expect(uriKey(one)).toBe(uriKey(other)));

  test('of different documents stay apart', () => {
    expect(uriKey('file:///book/a%25b.qmd')).not.toBe(uriKey('file:///book/a%2525b.qmd'));
    expect(uriKey('file:///book/a.qmd')).not.toBe(uriKey('untitled:/book/a.qmd'));
  });

  test('keep their spelling as keys', () => {
    const map = new UriMap<number>();
    map.set('file:///c%3A/a%2Bb.qmd', 1);
    expect([map.get('file:///C:/a+b.qmd'), map.size, ...map.keys()]).toEqual([1, 1, 'file:///c%3A/a%2Bb.qmd']);
    expect(map.delete('file:///c:/a+b.qmd')).toBe(true);
    expect(map.size).toBe(0);
  });
});
