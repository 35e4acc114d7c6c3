/** Pictures of the workspace, and what stands in the place of those that are not shown. */
import type { FactReader } from './facts';
import { element, type Html, text } from './hast';
import { lengthOf } from './lengths';
import { placeholderNodes } from './placeholder';
import { holdsShortcodes } from './shortcodeChip';
import { withShortcodes } from './shortcodeText';

interface Picture {
  readonly url: string;
  readonly width?: string | undefined;
  readonly height?: string | undefined;
}

export function imageNodes({ url: written, width, height }: Picture, alt: string, facts: FactReader): Html[] {
  const filled = holdsShortcodes(written) ? withShortcodes(written, facts) : written;
  const box = /^\{\{<[ \t]+placeholder\b([^<>]*)>\}\}$/.exec(filled);
  if (box) return placeholderNodes(box[1]!.trim().split(/[ \t]+/));
  const named = withExtension(filled, facts);
  const project = /^\/(?![/\\])/.test(named) ? facts.ask('projectFolder') : undefined;
  const url = project === undefined ? named : `${project}${named}`;
  const isLocal = !/^[a-z][a-z0-9+.-]*:/i.test(url) && !url.startsWith('/') && !url.startsWith('\\');
  const placeholder = (words: string): Html[] => [element('span', { className: 'placeholder' }, [text(words)])];
  if (!isLocal) return placeholder(`Image from elsewhere: ${url.slice(0, 80)}`);
  const problem = facts.ask('imageProblem', url);
  if (problem !== undefined) return placeholder(`Image ${url.slice(0, 80)}: ${problem}`);
  const size = [
    width === undefined ? '' : `width: ${lengthOf(width)}`,
    height === undefined ? '' : `height: ${lengthOf(height)}`,
  ];
  const style = size.filter(part => part !== '' && !part.endsWith('undefined')).join('; ');
  // A picture that nothing describes says so by an empty text.
  const image: Html = { ...element('img', {}), properties: { dataSrc: url, alt, ...(style === '' ? {} : { style }) } };
  return [image];
}

/** Pictures that are named without an extension have one that goes with the format. */
function withExtension(url: string, facts: FactReader): string {
  if (url === '' || /(?:^[a-z][a-z0-9+.-]*:|\.[^./\\]*$|[?#])/i.test(url)) return url;
  const extension = facts.ask('option', 'default-image-extension') ?? 'png';
  return extension === '' ? url : `${url}.${extension.replace(/^\./, '')}`;
}
