/** Words that styles put between the parts of a reference, in the languages for which there are any here. */
import locales from '@citation-js/plugin-csl/lib/locales.json' with { type: 'json' };

const AT_HAND: Readonly<Record<string, string>> = locales;

/** What British English has in its own way. */
const BRITISH =
  '<?xml version="1.0" encoding="utf-8"?>' +
  '<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-GB">' +
  '<style-options punctuation-in-quote="false"/>' +
  '<date form="text"><date-part name="day" suffix=" "/><date-part name="month" suffix=" "/><date-part name="year"/></date>' +
  '<date form="numeric"><date-part name="day" form="numeric-leading-zeros" suffix="/"/>' +
  '<date-part name="month" form="numeric-leading-zeros" suffix="/"/><date-part name="year"/></date>' +
  '<terms><term name="open-quote">‘</term><term name="close-quote">’</term>' +
  '<term name="open-inner-quote">“</term><term name="close-inner-quote">”</term></terms></locale>';

/** Languages that are at hand, without their country. */
const LANGUAGES: ReadonlySet<string> = new Set(Object.keys(AT_HAND).map(baseOf));

/** The locale of a language as CSL has it; false where what another country has stands, and American English where nothing does. */
export function localeOf(language: string): string | false {
  if (language === 'en-GB') return BRITISH;
  return AT_HAND[language] ?? (LANGUAGES.has(baseOf(language)) ? false : AT_HAND['en-US']!);
}

function baseOf(language: string): string {
  return language.split('-', 1)[0]!;
}
