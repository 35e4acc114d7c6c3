/** An include of a file that is not there, or cannot be read: Quarto ends the render. */
import type { Rule } from '../rule';

export const missingFile: Rule = {
  code: 'missing-file',
  severity: 'error',
  *chapter({ chapter }) {
    for (const { name, from, range, problem } of chapter.composition?.includes ?? []) {
      if (problem !== 'missing') continue;
      const nested =
        from === undefined || name.startsWith('/')
          ? ''
          : ' Quarto looks from the folder of the chapter, not of the file that the include stands in.';
      yield { range, message: `There is no file \`${name}\` that can be included.${nested}` };
    }
  },
};
