/** A reference in an attribute that is no Markdown: its text shows with the backslashes that Quarto puts in. */
import { escapesIn, markdownSource } from '../../evaluation/display';
import type { Draft, Rule } from '../rule';

/** Attributes that Quarto reads as Markdown. */
const MARKDOWN = /-(?:cap|subcap)$|^(?:title|name)$/;

export const refInAttribute: Rule = {
  code: 'ref-in-attribute',
  severity: 'warning',
  *block({ refs, block }): Iterable<Draft> {
    // The place of a reference is told by the block's tree, which is not read for nothing.
    if (!block.text.includes('=')) return;
    for (const { ref, display } of refs) {
      if (ref.context !== 'attribute' || display === undefined) continue;
      const key = keyBefore(block.text.slice(0, ref.range.start - block.range.start));
      if (key === undefined || MARKDOWN.test(key)) continue;
      if (escapesIn(display).length === 0) {
        if (display.mime === 'text/plain')
          yield {
            range: ref.range,
            severity: 'hint',
            message: `\`${key}\` is no Markdown: it says \`${display.text}\` only as long as the value has no mark that Quarto escapes, such as the point of \`2.5\`. Leave it to the caption.`,
          };
        continue;
      }
      yield {
        range: ref.range,
        message: `\`${key}\` is no Markdown, so it will say \`${markdownSource(display)}\`, backslashes included. Write the value out, or leave it to the caption.`,
      };
    }
  },
};

/** The key of the attribute whose value is open at the end of a text. */
function keyBefore(text: string): string | undefined {
  return /([\w-]+)\s*=\s*(?:"[^"]*|'[^']*)$/.exec(text)?.[1];
}
