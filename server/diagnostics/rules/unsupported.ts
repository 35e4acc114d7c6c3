/** What the evaluator refuses: reported by name, never guessed. */
import type { ChapterRule, Draft } from '../rule';

export const unsupported: ChapterRule = {
  code: 'unsupported',
  severity: 'warning',
  dependsOn: 'chapter',
  *check(analysis): Iterable<Draft> {
    for (const { fault } of [...analysis.cells, ...analysis.refs])
      if (fault?.type === 'Unsupported')
        yield { range: fault.range, message: `${fault.message}.`.replace(/\.\.$/, '.') };
  },
};
