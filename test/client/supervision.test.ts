import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../client/notice';
import { LOOK_INTERVAL, Supervisor, Watchdog } from '../../client/supervision';

const MINUTE = 60_000;
const A = 'file:///a.qmd';
const B = 'file:///b.qmd';

describe('a server that ends', () => {
  test('is started again, and not any more after the third end within three minutes', () => {
    const supervisor = new Supervisor();
    expect(supervisor.ended(0)).toBe(true);
    expect(supervisor.ended(MINUTE)).toBe(true);
    expect(supervisor.ended(2 * MINUTE)).toBe(false);
  });

  test('now and then is started again each time', () => {
    const supervisor = new Supervisor();
    for (let minute = 0; minute < 20; minute += 2) expect(supervisor.ended(minute * MINUTE), `${minute}`).toBe(true);
  });

  test('has three tries again once the author has started it', () => {
    const supervisor = new Supervisor();
    for (let second = 0; second < 3; second++) supervisor.ended(second);
    supervisor.forgive();
    expect([supervisor.ended(10), supervisor.ended(20), supervisor.ended(30)]).toEqual([true, true, false]);
  });
});

describe('a chapter', () => {
  /** The server is told of a chapter and ends over it. */
  const endOver = (supervisor: Supervisor, uri: string, version = 1) => {
    supervisor.told(uri, version);
    supervisor.ended(0);
  };

  test('over which the server ended twice is held, and others are not', () => {
    const supervisor = new Supervisor();
    supervisor.told(B, 1);
    supervisor.finished(B, 1);
    endOver(supervisor, A);
    expect(supervisor.suspended).toEqual([]);
    endOver(supervisor, A, 2);
    expect(supervisor.suspended).toEqual([A]);
    expect(supervisor.isHeld(B)).toBe(false);
  });

  test('that was finished, or closed, has no part in an end', () => {
    const supervisor = new Supervisor();
    for (let times = 0; times < 5; times++) {
      supervisor.told(A, times);
      supervisor.finished(A, times);
      supervisor.told(B, times);
      supervisor.closed(B);
      supervisor.ended(times * 10 * MINUTE);
    }
    expect(supervisor.suspended).toEqual([]);
  });

  test('that is finished in an older version only is not finished', () => {
    const supervisor = new Supervisor();
    for (let times = 0; times < 2; times++) {
      supervisor.told(A, 2);
      supervisor.finished(A, 1);
      supervisor.ended(times);
    }
    expect(supervisor.suspended).toEqual([A]);
  });

  test('that the author wants to be run is held again after one more end', () => {
    const supervisor = new Supervisor();
    endOver(supervisor, A);
    endOver(supervisor, A);
    supervisor.release(A);
    expect(supervisor.suspended).toEqual([]);
    endOver(supervisor, A);
    expect(supervisor.suspended).toEqual([A]);
  });
});

describe('the watchdog', () => {
  /** A watchdog over a server whose answers are given by hand, and a clock. */
  function watched() {
    const answers: (() => void)[] = [];
    const state = { hangs: 0, now: 0, answers };
    const watchdog = new Watchdog({
      ping: () => new Promise<void>(resolve => answers.push(resolve)),
      hung: () => state.hangs++,
    });
    const pass = async (milliseconds: number) => {
      for (const end = state.now + milliseconds; state.now < end; ) {
        state.now += LOOK_INTERVAL;
        watchdog.look(state.now);
        await Promise.resolve();
      }
    };
    return { state, pass, watchdog };
  }

  test('keeps quiet while the server answers', async () => {
    const { state, pass } = watched();
    for (let times = 0; times < 20; times++) {
      await pass(4 * LOOK_INTERVAL);
      for (const answer of state.answers.splice(0)) answer();
      await Promise.resolve();
    }
    expect(state.hangs).toBe(0);
  });

  test('notices one that has not answered for ten seconds, once', async () => {
    const { state, pass } = watched();
    await pass(10_000);
    expect(state.hangs).toBe(0);
    await pass(4000);
    expect(state.hangs).toBe(1);
  });

  test('gives it time anew after the machine slept, and after the clock was set back', async () => {
    const { state, pass } = watched();
    await pass(4000);
    state.now += 60 * MINUTE;
    await pass(8000);
    state.now -= 60 * MINUTE;
    await pass(8000);
    expect(state.hangs).toBe(0);
    await pass(8000);
    expect(state.hangs).toBe(1);
  });

  test('takes a request that fails for an answer: what ended is not its business', async () => {
    let hangs = 0;
    const watchdog = new Watchdog({ ping: () => Promise.reject(new Error('gone')), hung: () => hangs++ });
    for (let now = 0; now < 60_000; now += LOOK_INTERVAL) {
      watchdog.look(now);
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(hangs).toBe(0);
  });
});

describe('what is said of a chapter', () => {
  test('is nothing while all is well', () => {
    for (const kind of ['idle', 'starting', 'running'] as const) expect(noticeOf({ kind }, false)).toBeUndefined();
  });

  test('is that values are old, with a way to start again and to the log, once the server is down', () => {
    const notice = noticeOf({ kind: 'down', reason: 'The server ended three times within three minutes.' }, true)!;
    expect(notice).toMatchObject({ short: 'Values are old', isWarning: true });
    expect(notice.text).toBe(
      'The values are old, and nothing is checked. The server ended three times within three minutes.',
    );
    expect(notice.actions.map(({ title }) => title)).toEqual(['Start Again', 'Open the Log']);
  });

  test('is, quietly, that values are old while the server is started again', () => {
    expect(noticeOf({ kind: 'restarting' }, false)).toMatchObject({ short: 'Values are old', isWarning: false });
  });

  test('is that its cells are not run, with an offer to run them', () => {
    const notice = noticeOf({ kind: 'running' }, true)!;
    expect(notice).toMatchObject({ short: 'Cells not run', isWarning: true });
    expect(notice.actions[0]!.title).toBe('Run the Cells');
  });
});
