/** What a terminal may be shown of texts that come from a chapter. */

/** Control characters other than tabs and line breaks, and those that turn the direction of what follows. */
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** Those of them that JSON does not escape itself. */
const UNESCAPED = /[\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** The text with characters that would steer the terminal written as escapes, as in Python's repr. */
export function printable(text: string): string {
  return text.replace(UNSAFE, char => {
    const code = char.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** The same for what is to stay on one line, such as the name of a file. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** A value as JSON, with escapes for what JSON allows and terminals obey. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    UNESCAPED,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
