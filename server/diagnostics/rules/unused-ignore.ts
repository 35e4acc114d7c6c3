import type { Rule } from '../rule';

/** Ignore comments that silence nothing, or name a rule that there is not; `ignores.ts` tells, once all findings are known. */
export const unusedIgnore: Rule = { code: 'unused-ignore', severity: 'hint' };
