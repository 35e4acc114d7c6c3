import { expect, test } from 'vitest';
import { PreviewSession, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';

const render = (text: string) => renderChapter(analyze(text));

test('an update carries only the blocks that the page lacks', () => {
  const session = new PreviewSession('file:///a.qmd');
  const first = session.next(render('One\n\nTwo\n\nThree'), 1);
  expect(first.reset).toBe(true);
  expect(Object.values(first.html)).toEqual(['<p>One</p>', '<p>Two</p>', '<p>Three</p>']);
  const second = session.next(render('One\n\nTwo!\n\nThree'), 2);
  expect(second.reset).toBe(false);
  expect(Object.values(second.html)).toEqual(['<p>Two!</p>']);
  expect(second.blocks).toHaveLength(3);
});

test('a block that went is sent again when it comes back', () => {
  const session = new PreviewSession('file:///a.qmd');
  session.next(render('One\n\nTwo'), 1);
  session.next(render('One'), 2);
  expect(Object.values(session.next(render('One\n\nTwo'), 3).html)).toEqual(['<p>Two</p>']);
});

test('after a reset everything is sent', () => {
  const session = new PreviewSession('file:///a.qmd');
  session.next(render('One'), 1);
  session.reset();
  const update = session.next(render('One'), 1);
  expect(update.reset).toBe(true);
  expect(Object.values(update.html)).toEqual(['<p>One</p>']);
});
