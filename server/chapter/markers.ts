/** The marks of lists, definitions and rules at the start of a line. */

// A group is repeated only so often: regular expressions need a stack for what they repeat.
export const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,9999}|(?:-[ \t]*){3,9999}|(?:_[ \t]*){3,9999})$/;
export const BULLET = /^([ \t]*)([-+*])([ \t]+|$)/;
export const ORDERED =
  /^([ \t]*)(\(?(?:\d{1,9}|#|@[\w-]*|[a-z]|[ivxlcdm]+)[.)](?=[ \t]|$)|\(?[A-Z]\)(?=[ \t]|$)|\(?[IVXLCDM]+\)(?=[ \t]|$)|[A-Z]\.(?= {2}|\t|$)|[IVXLCDM]{2,}\.(?=[ \t]|$))([ \t]*)/;
export const DEFINITION = /^ {0,3}[:~](?:[ \t]+\S)/;

/** A fence that opens behind the marks of items, definitions and notes. */
export const ITEM_FENCE =
  /^(?:[ \t]*(?:[-+*:~]|\(?(?:\d{1,9}|#|[A-Za-z])[.)]|\[\^[^\]\s]+\]:)[ \t]+){1,20}(`{3,}|~{3,})(.*)$/;
/** What stands behind a fence if it is attributes in braces, in whose values there may be any sign. */
const FENCE_ATTRIBUTES = /^[ \t]*\{(?:[^}"'`]|"[^"]*"|'[^']*'){0,9999}\}[ \t]*$/;

export const RAW_HTML = /^ {0,3}<(script|style|pre|textarea)\b/i;
export const HTML_BLOCK =
  /^ {0,3}<\/?(?:div|section|article|aside|table|thead|tbody|tr|td|th|figure|figcaption|details|summary|iframe|video|p|ul|ol|li|dl|dt|dd|h[1-6]|hr|blockquote|center|form|nav|header|footer|main)\b/i;
export const TAGS_ONLY = /^ {0,3}(?:<[^<>]*>[ \t]*){1,9999}$/;
/** The end of a block tag ends the block that its text is: what follows it at once is another one. */
export const BLOCK_END_TAG =
  /<\/(?:div|section|article|aside|table|thead|tbody|tr|td|th|figure|figcaption|details|summary|p|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|center|form|nav|header|footer|main)>[ \t]*$/i;
/** A tag that ends a div ends the text in it as well. */
export const DIV_END_TAG = /^ {0,3}<\/div>[ \t]*$/i;

/** Width of the white space before the text of a line that starts at `start`; tabs stop at multiples of four. */
export function indentWidth(text: string, start = 0): number {
  let width = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 32) width++;
    else if (unit === 9) width += 4 - (width % 4);
    else break;
  }
  return width;
}

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
  return indentWidth(text) < 4 && (BULLET.test(text) || ORDERED.test(text)) && !RULE.test(text);
}

/** Whether a fence with this behind it opens a listing: code within a sentence may begin like one. */
export function opensListing(mark: string, info: string): boolean {
  return !mark.startsWith('`') || !info.includes('`') || FENCE_ATTRIBUTES.test(info);
}
