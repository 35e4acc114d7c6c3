import type { Rule } from '../rule';

/** What `.reckoner.yml`, `_quarto.yml` or a front matter says to Reckoner, and says wrong; `configuration.ts` tells. */
export const invalidConfiguration: Rule = { code: 'invalid-configuration', severity: 'warning' };
