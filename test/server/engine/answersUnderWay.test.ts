/** Work between requests: when it goes on. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnswersUnderWay } from '../../../server/engine/answersUnderWay';

let answers: AnswersUnderWay;
let done: string[];

beforeEach(() => {
  vi.useFakeTimers();
  answers = new AnswersUnderWay();
  done = [];
});

afterEach(() => vi.useRealTimers());

/** An answer that is there once it is told so. */
function begin(): { readonly end: () => void; readonly answer: Promise<void> } {
  let end = (): void => undefined;
  const answer = answers.during(
    () =>
      new Promise<void>(resolve => {
        end = resolve;
      }),
  );
  return { end: () => end(), answer };
}

const work = () => answers.after(() => done.push('work'));

test('goes on at the next turn where nothing is asked', async () => {
  work();
  expect(done).toEqual([]);
  await vi.advanceTimersToNextTimerAsync();
  expect(done).toEqual(['work']);
});

test('waits for all answers that are under way', async () => {
  const [one, other] = [begin(), begin()];
  work();
  one.end();
  await one.answer;
  await vi.advanceTimersByTimeAsync(10);
  expect(done).toEqual([]);
  other.end();
  await other.answer;
  await vi.advanceTimersByTimeAsync(10);
  expect(done).toEqual(['work']);
  await vi.runAllTimersAsync();
  expect(done).toEqual(['work']);
});

test('goes on once, also beside an answer that takes long', async () => {
  const one = begin();
  work();
  await vi.advanceTimersByTimeAsync(150);
  expect(done).toEqual(['work']);
  one.end();
  await one.answer;
  await vi.runAllTimersAsync();
  expect(done).toEqual(['work']);
});

test('is not held up by an answer that failed', async () => {
  const failed = answers.during(() => Promise.reject(new Error('gone')));
  work();
  await expect(failed).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(10);
  expect(done).toEqual(['work']);
});
