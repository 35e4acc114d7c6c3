import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PreviewSession, type RenderedChapter, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';
import { ShownPage } from '../../support/shownPage';

const render = (text: string) => renderChapter(analyze(text));
const URI = 'file:///a.qmd';

describe('an update', () => {
  test('carries only the blocks that the page lacks', () => {
    const session = new PreviewSession(URI);
    const first = session.next(render('One\n\nTwo\n\nThree'), 1);
    expect(first).toMatchObject({ reset: true, number: 0 });
    expect(Object.values(first.html)).toEqual(['<p>One</p>', '<p>Two</p>', '<p>Three</p>']);
    const second = session.next(render('One\n\nTwo!\n\nThree'), 2);
    expect(second).toMatchObject({ reset: false, number: 1 });
    expect(Object.values(second.html)).toEqual(['<p>Two!</p>']);
  });

  test('names what stays in runs, with the lines that it has moved', () => {
    const session = new PreviewSession(URI);
    const paragraphs = Array.from({ length: 500 }, (_, at) => `Paragraph ${at}`);
    session.next(render(paragraphs.join('\n\n')), 1);
    paragraphs.splice(200, 1, 'Another', 'and one more');
    const { blocks } = session.next(render(paragraphs.join('\n\n')), 2);
    expect(blocks).toEqual([
      { from: 0, count: 200, shift: 0 },
      expect.objectContaining({ line: 400, endLine: 401 }),
      expect.objectContaining({ line: 402, endLine: 403 }),
      { from: 201, count: 299, shift: 2 },
    ]);
  });

  test('carries of a block that changed only what differs', () => {
    const session = new PreviewSession(URI);
    const words = 'Words that stay. '.repeat(40);
    const page = new ShownPage();
    page.apply(session.next(render(`One\n\n${words}one ${words}\n\nThree`), 1));
    const update = session.next(render(`One\n\n${words}two ${words}\n\nThree`), 2);
    const steps = [expect.any(Number), -3, 'two', expect.any(Number)];
    expect(Object.values(update.html)).toEqual([{ from: 1, steps }]);
    page.apply(update);
    expect(page.blocks[1]!.html).toContain('stay. two Words');
  });

  test('has all of a block that went and comes back', () => {
    const session = new PreviewSession(URI);
    session.next(render('One\n\nTwo'), 1);
    session.next(render('One'), 2);
    expect(Object.values(session.next(render('One\n\nTwo'), 3).html)).toEqual(['<p>Two</p>']);
  });

  test('has everything after a reset', () => {
    const session = new PreviewSession(URI);
    session.next(render('One'), 1);
    session.reset();
    const update = session.next(render('One'), 1);
    expect(update).toMatchObject({ reset: true, number: 0 });
    expect(Object.values(update.html)).toEqual(['<p>One</p>']);
  });
});

test('a page that takes all updates shows each version', () => {
  const version = fc.uniqueArray(fc.nat(30), { maxLength: 20 }).map(
    (names): RenderedChapter => ({
      title: '',
      language: 'en',
      blocks: names.map((name, at) => ({
        key: `k${name}`,
        html: `<p>${'long '.repeat(name)}${name}${' and longer'.repeat(name % 9)}</p>`,
        line: 3 * at + (name % 3),
        endLine: 3 * at + 3,
      })),
    }),
  );
  fc.assert(
    fc.property(fc.array(version, { minLength: 2, maxLength: 6 }), versions => {
      const session = new PreviewSession(URI);
      const page = new ShownPage();
      for (const [at, one] of versions.entries()) {
        page.apply(session.next(one, at));
        expect(page.blocks).toEqual(one.blocks);
      }
    }),
  );
});

test('a page takes any change of a block', () => {
  const html = fc
    .array(fc.constantFrom('<b>', '</b>', 'words of some length ', 'data-c="', '99', '100', '"', '\u{1f600}', 'a'), {
      maxLength: 60,
    })
    .map(pieces => pieces.join(''));
  fc.assert(
    fc.property(fc.array(html, { minLength: 2, maxLength: 6 }), texts => {
      const session = new PreviewSession(URI);
      const page = new ShownPage();
      for (const [at, text] of texts.entries()) {
        const blocks = [{ key: text, html: text, line: 0, endLine: 1 }];
        page.apply(JSON.parse(JSON.stringify(session.next({ title: '', language: 'en', blocks }, at))));
        expect(page.blocks).toEqual(blocks);
      }
    }),
  );
});
