/** How wide texts are in DejaVu Sans, in which matplotlib sets them. */

/** Letters by their width, in thousandths of their size. */
const LETTERS: Readonly<Record<number, string>> = {
  275: "'",
  278: 'ijl',
  295: 'IJ',
  318: ' ,.·’',
  337: '/:;\\|',
  352: 'f',
  361: '-',
  390: '()[]',
  392: 't',
  401: '!',
  411: 'r',
  460: '"',
  500: '*_`–°',
  518: '“”',
  521: 's',
  525: 'z',
  531: '?',
  541: 'ε',
  550: 'c',
  557: 'L',
  575: 'F',
  579: 'k',
  592: 'vxyγλ',
  602: 'πP',
  612: 'TYoδθö',
  614: 'aäeé',
  632: 'ßEΣ',
  635: 'hnuσüSbdgpq',
  636: '$0123456789{}µ',
  638: 'β',
  657: 'Kαφ',
  685: 'AVΔXZB',
  696: 'RC',
  732: 'U',
  750: 'NH',
  772: 'DG',
  780: '&',
  787: 'OQ',
  818: 'w',
  838: '#+<=>^~−×ω',
  863: 'M',
  950: '%',
  974: 'm',
  989: 'W',
  1000: '@—…',
};

const WIDTHS = new Map(
  Object.entries(LETTERS).flatMap(([width, letters]) => [...letters].map(letter => [letter, Number(width)] as const)),
);

/** Other letters are about as wide as figures, those of East Asian scripts as their size. */
function widthOfLetter(letter: string): number {
  return WIDTHS.get(letter) ?? (letter >= '\u1100' ? 1000 : 636);
}

/** Width of a line of text, in parts of its size. */
export function lineWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += widthOfLetter(letter);
  return width / 1000;
}
