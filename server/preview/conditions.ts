/** What Quarto leaves out of a page in HTML: content that another format, another profile or other metadata are to have. */
import type { Attributes } from '../chapter/model';
import type { FactReader } from './facts';

/** Formats that a page in HTML counts as. */
function isForHtml(formats: string): boolean {
  return /(?:^|[\s,])html(?:$|[\s,:\d])/.test(formats);
}

/** Attributes that set a condition, by the word behind `when-` and `unless-`. */
const CONDITIONS: readonly (readonly [name: string, holds: (value: string, facts: FactReader) => boolean])[] = [
  ['format', isForHtml],
  ['profile', (name, facts) => facts.ask('profile', name)],
  ['meta', (name, facts) => facts.ask('meta', name) === 'true'],
];

/** True for content that is shown or left out by its conditions. */
export function isConditional({ classes }: Attributes): boolean {
  return classes.includes('content-visible') || classes.includes('content-hidden');
}

/** True for conditional content that the page leaves out. */
export function isHidden(own: Attributes, facts: FactReader): boolean {
  if (!isConditional(own)) return false;
  const applies = CONDITIONS.every(([name, holds]) => {
    const when = own.get(`when-${name}`);
    const unless = own.get(`unless-${name}`);
    return (when === undefined || holds(when, facts)) && (unless === undefined || !holds(unless, facts));
  });
  return own.classes.includes('content-visible') !== applies;
}
