/** The order of a set that shows in a text: Python fixes none for strings. */
import type { Rule } from '../rule';

export const setOrder: Rule = {
  code: 'set-order',
  severity: 'warning',
  *cell({ notices }) {
    for (const notice of notices)
      if (notice.kind === 'set-order') yield { range: notice.range, message: notice.message };
  },
  *block({ refs }) {
    for (const { ref, run } of refs)
      if (run.looseOrder === true)
        yield {
          range: ref.range,
          message:
            'A set shows here in an order that changes from one run of Python to the next: sort it before it is shown.',
        };
  },
};
