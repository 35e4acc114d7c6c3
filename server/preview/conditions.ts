/** What Quarto leaves out of HTML. */
import type { Attributes } from '../chapter/model';

/** Formats that a page in HTML counts as. */
function isForHtml(formats: string): boolean {
  return /(?:^|[\s,])html(?:$|[\s,:\d])/.test(formats);
}

/** True for content that another format than HTML, or another profile, is meant to have. */
export function isHidden(own: Attributes): boolean {
  const isVisible = own.classes.includes('content-visible');
  if (!isVisible && !own.classes.includes('content-hidden')) return false;
  const format = own.get('when-format');
  const other = own.get('unless-format');
  const applies =
    (format === undefined || isForHtml(format)) &&
    (other === undefined || !isForHtml(other)) &&
    // No profile is active but the default one, which has no name.
    own.get('when-profile') === undefined;
  return isVisible !== applies;
}

/** The dotted names of metadata on which content depends. */
export function metaConditions(own: Attributes): {
  readonly when: string | undefined;
  readonly unless: string | undefined;
} {
  return { when: own.get('when-meta'), unless: own.get('unless-meta') };
}
