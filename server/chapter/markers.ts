/** The marks of lists, definitions and rules at the start of a line. */

// A group is repeated only so often: regular expressions need a stack for what they repeat.
export const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,9999}|(?:-[ \t]*){3,9999}|(?:_[ \t]*){3,9999})$/;
export const BULLET = /^([ \t]*)([-+*])([ \t]+|$)/;
export const ORDERED =
  /^([ \t]*)(\(?(?:\d{1,9}|#|@[\w-]*|[a-z]|[ivxlcdm]+)[.)](?=[ \t]|$)|\(?[A-Z]\)(?=[ \t]|$)|\(?[IVXLCDM]+\)(?=[ \t]|$)|[A-Z]\.(?= {2}|\t|$)|[IVXLCDM]{2,}\.(?=[ \t]|$))([ \t]*)/;
export const DEFINITION = /^ {0,3}[:~](?:[ \t]+\S)/;

/** Column of the text behind a list marker: what further paragraphs of the item are indented by. */
export function contentColumn(text: string): number {
  const marker = BULLET.exec(text) ?? ORDERED.exec(text);
  if (!marker) return 4;
  const before = marker[1]!.length + marker[2]!.length;
  const gap = marker[3]!.includes('\t') ? 4 - (before % 4) : marker[3]!.length;
  return before + (gap === 0 || gap > 4 ? 1 : gap);
}

/** Whether a line starts an item of a list. */
export function startsItem(text: string): boolean {
  return (BULLET.test(text) || ORDERED.test(text)) && !RULE.test(text);
}
