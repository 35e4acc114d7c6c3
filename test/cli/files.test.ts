/** The command line among files that cannot be read, disks that are full, and outputs that nobody takes. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bundles, bundle } from '../support/bundles';

const GOOD = '```{python}\nhours_str = "10"\n```\n\nIt takes `{python} hours_str` hours.\n';
const BAD = GOOD.replace('{python} hours_str', '{python} hours_st');
const isPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

let bundles: Bundles;
let top: string;
let book: string;

beforeAll(async () => {
  bundles = await bundle('cli', 'evaluation', 'typesetter');
  // Another user runs it as well.
  chmodSync(bundles.folder, 0o755);
}, 60_000);
afterAll(() => bundles.remove());

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'reckoner-cli-files-')));
  book = join(top, 'book');
  mkdirSync(join(book, '.git'), { recursive: true });
  write('good.qmd', GOOD);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function write(name: string, text: string | Buffer): string {
  const path = join(book, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function reckoner(args: readonly string[], options: { uid?: number; cwd?: string } = {}) {
  const env = { ...process.env, RECKONER_CACHE: join(top, 'cache'), FORCE_COLOR: '', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundles.path('cli'), ...args], {
    cwd: book,
    env,
    encoding: 'utf8',
    timeout: 30_000,
    ...options,
  });
  return { status, stdout, stderr };
}

interface Told {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** The findings of a check, `file:line code: message`, and its exit code. */
function check(...args: string[]): (string | number | null)[] {
  const { status, stdout, stderr } = reckoner(['check', '--format', 'json', ...args]);
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: Told[] };
  const lines = findings.map(({ file, line, code, message }) => `${file}:${line} ${code}: ${message}`);
  return [...lines.map(line => line.replaceAll(top, '')), status];
}

const unread = (file: string, reason: string) => `${file}:1 unreadable-file: This chapter cannot be read: ${reason}.`;
const OUTSIDE = 'lies outside the workspace (/book), where nothing is read';

describe('chapters that cannot be read', () => {
  test.runIf(isPosix)('are told one by one, and the others are checked', () => {
    write('binary.qmd', Buffer.from([1, 0, 2]));
    write('latin.qmd', Buffer.from([0x63, 0xe9]));
    write('large.qmd', '');
    truncateSync(join(book, 'large.qmd'), 17e6);
    writeFileSync(join(top, 'secret.qmd'), BAD);
    symlinkSync('../secret.qmd', join(book, 'link.qmd'));
    symlinkSync('loop.qmd', join(book, 'loop.qmd'));
    symlinkSync('gone', join(book, 'vanished.qmd'));
    symlinkSync('/dev/zero', join(book, 'zero.qmd'));
    execFileSync('mkfifo', [join(book, 'pipe.qmd')]);
    write('wrong.qmd', BAD);
    const told = [
      unread('binary.qmd', 'is a binary file'),
      unread('large.qmd', 'is larger than 16 MB'),
      unread('latin.qmd', 'is not UTF-8 text'),
      unread('link.qmd', OUTSIDE),
      unread('loop.qmd', 'too many symbolic links'),
      unread('pipe.qmd', 'is not a regular file'),
      unread('vanished.qmd', 'no such file'),
      expect.stringMatching(/^wrong\.qmd:5 undefined-export/),
      unread('zero.qmd', OUTSIDE),
    ];
    const expected = [...told, 2];
    expect(check('.')).toEqual(expected);
    // From the cache, and in threads.
    expect(check('.')).toEqual(expected);
    expect(check('--no-cache', '--jobs', '2', '.')).toEqual(expected);
  });

  test('one binary file among many is one finding', () => {
    for (let at = 0; at < 300; at++) write(`many/${at}.qmd`, `# Chapter ${at}\n`);
    write('many/150.qmd', Buffer.from([1, 0, 2]));
    expect(check('many')).toEqual([unread('many/150.qmd', 'is a binary file'), 2]);
  });

  test('that are named have one clear line or one finding, and the others are checked', () => {
    const name = `${'x'.repeat(300)}.qmd`;
    const { status, stderr } = reckoner(['check', name]);
    expect([status, stderr]).toEqual([2, `reckoner: ${join(book, name)}: the name is too long\n`]);
    symlinkSync('../secret.qmd', join(book, 'link.qmd'));
    writeFileSync(join(top, 'secret.qmd'), BAD);
    expect(check('link.qmd', 'good.qmd')).toEqual([unread('link.qmd', OUTSIDE), 2]);
    expect(reckoner(['values', 'link.qmd'])).toMatchObject({ status: 2, stdout: '' });
  });

  test.skipIf(!isPosix || !isRoot)('for want of permission, folders too', () => {
    // Only root can become another user; for root itself there is no mode that forbids reading.
    chmodSync(top, 0o777);
    chmodSync(book, 0o777);
    chmodSync(write('closed.qmd', GOOD), 0);
    write('closed/a.qmd', GOOD);
    chmodSync(join(book, 'closed'), 0);
    const { status, stdout, stderr } = reckoner(['check', '--format', 'json', '.'], { uid: NOBODY });
    const { findings } = JSON.parse(stdout) as { findings: Told[] };
    expect(findings.map(one => `${one.file}:${one.line} ${one.code}: ${one.message}`)).toEqual([
      unread('closed.qmd', 'permission denied'),
    ]);
    expect([status, stderr]).toEqual([2, `reckoner: ${join(book, 'closed')}: permission denied\n`]);
    chmodSync(join(book, 'closed'), 0o777);
  });
});

describe('files that a chapter names', () => {
  const named = (name: string) => `---\nbibliography:\n  - ${name}\n---\n\n${GOOD}`;
  const told = (name: string, reason: string, file = 'a.qmd') =>
    `${file}:3 unreadable-file: The bibliography \`${name}\` cannot be read: ${reason}.`;

  test.runIf(isPosix)('are told at their names in the front matter', () => {
    writeFileSync(join(top, 'private.bib'), '@book{secret}');
    symlinkSync('../private.bib', join(book, 'link.bib'));
    symlinkSync('/dev/zero', join(book, 'zero.bib'));
    execFileSync('mkfifo', [join(book, 'pipe.bib')]);
    write('large.bib', '');
    truncateSync(join(book, 'large.bib'), 33e6);
    write('fine.bib', '@book{a}');
    const reasons = Object.entries({
      'link.bib': OUTSIDE,
      '../private.bib': OUTSIDE,
      'zero.bib': OUTSIDE,
      'pipe.bib': 'is not a regular file',
      'large.bib': 'is larger than 32 MB',
    });
    reasons.forEach(([name], at) => {
      write(`a${at}.qmd`, named(name));
    });
    ['fine.bib', '/fine.bib', 'https://example.org/a.bib'].forEach((name, at) => {
      write(`fine${at}.qmd`, named(name));
    });
    const expected = [...reasons.map(([name, reason], at) => told(name, reason, `a${at}.qmd`)), 1];
    expect(check('.')).toEqual(expected);
    expect(check('.')).toEqual(expected);
  });

  test('may lie beside the project in a folder that is checked; else that is information', () => {
    write('../shelf/all.bib', '@book{a}');
    write('../shelf/site/_quarto.yml', 'project:\n  type: website\n');
    write('../shelf/site/a.qmd', named('../all.bib'));
    expect(check('../shelf')).toEqual([0]);
    const reason = 'lies outside the workspace (/shelf/site), where nothing is read';
    expect(check('../shelf/site/a.qmd')).toEqual([told('../all.bib', reason, '/shelf/site/a.qmd'), 0]);
  });

  test('are looked at although the result is kept', () => {
    write('a.qmd', named('late.bib'));
    const missing = 'a.qmd:3 missing-file: There is no bibliography `late.bib`.';
    expect(check('a.qmd')).toEqual([missing, 1]);
    write('late.bib', '@book{a}');
    expect(check('a.qmd')).toEqual([0]);
    rmSync(join(book, 'late.bib'));
    expect(check('a.qmd')).toEqual([missing, 1]);
  });

  test.runIf(isPosix)('the configuration of the project counts among them', () => {
    for (const make of [
      () => symlinkSync('/dev/zero', join(book, '_quarto.yml')),
      () => execFileSync('mkfifo', [join(book, '_quarto.yml')]),
    ]) {
      make();
      expect(check('good.qmd')).toEqual([
        expect.stringMatching(
          /^good\.qmd:1 unreadable-file: The project's configuration cannot be read: (lies outside|is not a regular)/,
        ),
        1,
      ]);
      rmSync(join(book, '_quarto.yml'));
    }
  });
});

describe('--fix', () => {
  test('leaves a read-only file as it is, and says so in one line', () => {
    chmodSync(write('bad.qmd', BAD), 0o444);
    const { status, stdout, stderr } = reckoner(['check', '--fix', 'bad.qmd', 'good.qmd']);
    expect([status, stderr]).toEqual([2, `reckoner: ${join(book, 'bad.qmd')}: is read-only\n`]);
    expect(stdout).toContain('undefined-export');
    expect(readFileSync(join(book, 'bad.qmd'), 'utf8')).toBe(BAD);
  });

  test.skipIf(process.platform !== 'linux' || !isRoot)('loses nothing on a full disk', context => {
    const disk = join(book, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0)
      context.skip('a small file system cannot be mounted here');
    try {
      const text = `${'Words. '.repeat(3000)}\n\n${BAD}`;
      write('disk/bad.qmd', text);
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'rest')}`, 'bs=4096']);
      const { status, stderr } = reckoner(['check', '--fix', 'disk/bad.qmd']);
      expect([status, stderr]).toEqual([
        2,
        `reckoner: ${join(disk, 'bad.qmd')}: cannot be written: the disk is full; the file is as it was\n`,
      ]);
      expect(readFileSync(join(disk, 'bad.qmd'), 'utf8')).toBe(text);
      expect(readdirSync(disk).sort()).toEqual(['bad.qmd', 'rest']);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('the cache', () => {
  const entries = () => {
    const folder = join(top, 'cache', 'v3');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.json'))
      .map(name => join(folder, name));
  };

  test('is no worse than none, whichever bit is flipped or byte is missing', { timeout: 120_000 }, async () => {
    // In this process: a process for each bit would take long.
    const { ResultCache } = await import('../../server/workspace/cache');
    const { checkChapter } = await import('../../server/workspace/check');
    const { PackageStore } = await import('../../server/workspace/packages');
    const { NO_SURROUNDINGS } = await import('../../server/diagnostics/surroundings');
    const { NodeFileSystem } = await import('../../server/files/node');
    const path = write('bad.qmd', BAD);
    let root = book;
    const cache = new ResultCache(
      join(top, 'cache'),
      'test',
      () => undefined,
      () => NO_SURROUNDINGS,
      () => root,
    );
    const checked = checkChapter(path, { root: book }, new PackageStore(new NodeFileSystem()));
    cache.put(path, BAD, checked);
    const [entry] = entries();
    const whole = readFileSync(entry!);
    expect(cache.get(path, BAD, path)?.findings).toEqual(checked.findings);
    // A repository that begins around the chapter may hold its packages.
    root = top;
    expect(cache.get(path, BAD, path)).toBeUndefined();
    root = book;
    for (let bit = 0; bit < 8 * whole.length; bit += 7) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(entry!, damaged);
      expect(cache.get(path, BAD, path)).toBeUndefined();
    }
    for (let length = 0; length < whole.length; length += 13) {
      writeFileSync(entry!, whole.subarray(0, length));
      expect(cache.get(path, BAD, path)).toBeUndefined();
    }
    cache.put(path, BAD, checked);
    expect(cache.get(path, BAD, path)?.findings).toEqual(checked.findings);
  });

  test('damaged entries and other things in their place are worked out anew', () => {
    write('bad.qmd', BAD);
    const found = check('bad.qmd');
    const [entry] = entries();
    for (const make of [
      () => writeFileSync(entry!, 'null'),
      () => writeFileSync(entry!, Buffer.alloc(100)),
      () => mkdirSync(entry!),
      () => isPosix && execFileSync('mkfifo', [entry!]),
    ]) {
      rmSync(entry!, { recursive: true, force: true });
      make();
      expect(check('bad.qmd')).toEqual(found);
    }
    rmSync(entry!, { recursive: true, force: true });
    const healed = check('bad.qmd');
    expect(readFileSync(entry!, 'utf8')).toContain('undefined-export');
    expect(healed).toEqual(found);
  });

  test('serves several commands at once, also where writers are killed', { timeout: 120_000 }, async () => {
    for (let at = 0; at < 40; at++) write(`many/${at}.qmd`, at % 4 === 0 ? BAD : GOOD);
    const cold = reckoner(['check', '--no-cache', '--format', 'json', 'many']).stdout;
    const env = { ...process.env, RECKONER_CACHE: join(top, 'cache') };
    const start = () =>
      spawn(process.execPath, [bundles.path('cli'), 'check', '--format', 'json', 'many'], { cwd: book, env });
    const killed = [50, 150, 250].map(async delay => {
      const child = start();
      setTimeout(() => child.kill('SIGKILL'), delay);
      await once(child, 'exit');
    });
    const finished = [1, 2].map(async () => {
      const child = start();
      let text = '';
      child.stdout.on('data', chunk => {
        text += chunk;
      });
      await once(child, 'close');
      return text;
    });
    await Promise.all(killed);
    expect(await Promise.all(finished)).toEqual([cold, cold]);
    expect(reckoner(['check', '--format', 'json', 'many']).stdout).toBe(cold);
  });

  test.runIf(isPosix)('that cannot be written to is done without', () => {
    writeFileSync(join(top, 'cache'), 'in the way');
    write('bad.qmd', BAD);
    expect(check('bad.qmd')).toEqual([expect.stringContaining('undefined-export'), 1]);
  });
});

describe('the output', () => {
  const shell = (command: string) => {
    const env = { ...process.env, RECKONER_CACHE: join(top, 'cache') };
    const cli = `"${process.execPath}" "${bundles.path('cli')}"`;
    const { status, stderr } = spawnSync('bash', ['-c', command.replaceAll('reckoner', cli)], {
      cwd: book,
      env,
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  test.runIf(existsSync('/dev/full'))('that is full ends with 2 and one clear line', () => {
    const line = 'reckoner: standard output cannot be written to: no space left on the device\n';
    for (const command of ['values good.qmd', 'check .', 'check . --format json', '--help'])
      expect(shell(`reckoner ${command} > /dev/full`)).toEqual({ status: 2, stderr: line });
  });

  test.runIf(isPosix)('that nobody reads to its end is no fault', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `- \`{python} "value ${at}"\``);
    write('long.qmd', `${lines.join('\n')}\n`);
    expect(shell('reckoner values long.qmd | head -n 1 > /dev/null; exit $PIPESTATUS')).toEqual({
      status: 0,
      stderr: '',
    });
  });

  test.runIf(isPosix)('has no control characters of names, values and messages in it', () => {
    const name = 'a\x1b[2J\u202e\x9b\n.qmd';
    const code = 'x = "\\x1b[2J\\u202e\\x9b"\ny = "\\x9b"\nraise ValueError("\\x1b]0;title\\x07\\u2066")';
    write(name, `\`\`\`{python}\n${code}\n\`\`\`\n\n\`{python} x\` \`{python} z\u009b\`\n`);
    write('b\x1b.qmd', Buffer.from([0]));
    const outputs = [
      ...['text', 'json', 'github', 'sarif'].map(format => reckoner(['check', '.', '--format', format])),
      ...['text', 'json', 'csv'].map(format => reckoner(['values', name, '--format', format])),
      reckoner(['values', 'b\x1b.qmd']),
      reckoner(['values', 'none\x1b.qmd']),
      reckoner(['run', 'none\x1b.py']),
      reckoner(['nonsense\x1b[2J']),
    ];
    for (const { stdout, stderr } of outputs) {
      expect(stdout + stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      expect(stdout + stderr).not.toBe('');
    }
    expect(outputs[0]!.stdout).toContain('a\\x1b[2J\\u202e\\x9b\\n.qmd');
    // JSON says the same, only in escapes.
    expect(JSON.parse(outputs[5]!.stdout)).toMatchObject({
      file: name,
      refs: [{ value: expect.stringContaining('\\x9b') }, {}],
    });
  });

  test('a port that is in use is one clear line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(reckoner(['preview', 'good.qmd', '--port', String(port)])).toEqual({
      status: 2,
      stdout: '',
      stderr: `reckoner: port ${port} is in use; without --port a free one is taken\n`,
    });
    other.close();
  });
});
