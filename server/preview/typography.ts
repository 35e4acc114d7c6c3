/** Small matters of typesetting in which Pandoc follows fixed lists. */

/** Pandoc's abbreviations: the blank behind one does not break. */
const NAMES =
  'aet aetat al Apr Aug bk Bros c Capt cf ch chap chs Co col Corp cp d Dec Dr e.g ed eds esp f fasc Feb ff fig fl fol fols ' +
  'Fr Gen Gov Hon i.e ill Inc incl Jan Jr Jul Jun Ltd M.A M.D Mar Mr Mrs Ms n n.b nn No Nov Oct p Ph.D pp Pres Prof pt q.v ' +
  'Rep Rev s.v s.vv saec sec Sen Sep Sept Sgt Sr St univ viz vol vs';

const ABBREVIATIONS = new RegExp(
  `(?<![\\p{L}\\p{N}.])(?:${NAMES.replaceAll('.', '\\.').replaceAll(' ', '|')})\\. (?=\\S|$)`,
  'gu',
);

export function afterAbbreviations(text: string): string {
  return text.includes('. ') ? text.replace(ABBREVIATIONS, found => `${found.slice(0, -1)}\u00a0`) : text;
}
