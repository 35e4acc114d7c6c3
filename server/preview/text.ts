/** Safe pieces of HTML text. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for element content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, mark => ENTITIES[mark]!);
}

/** ` name="value"` for each attribute that has a value; `true` stands for one without text. */
export function attributes(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  let out = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === false || value === '') continue;
    out += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
  }
  return out;
}

/** Ids of the chapter live in a space of their own, so that none takes the place of one of the page's. */
export function anchorOf(id: string): string {
  return `c-${id.replace(/\s+/g, '-')}`;
}

/** A link of the chapter: one to a place in it leads to the id that the place has on the page. */
export function linkOf(url: string): string {
  return url.length > 1 && url.startsWith('#') ? `#${anchorOf(url.slice(1))}` : url;
}

/** A text with what `shown` gives in place of its references; `whole` is one as it is written. */
export function withReferences(text: string, shown: (expr: string, whole: string) => string): string {
  return text.replace(/`\{python\}\s+([^`]*)`/g, (whole, expr: string) => shown(expr.trim(), whole));
}

/** Class names of the chapter, reduced to plain words. */
export function classNames(names: readonly string[]): string {
  return names.filter(name => /^[A-Za-z][\w-]*$/.test(name) && !name.startsWith('reckoner')).join(' ');
}

/** A short name of a text: equal texts have equal names, and others differ for all purposes here (64 bits). */
export function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) + at;
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
