/** What rules know of a value by its name and by the words and units around it: each sentence beside one that is right. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

function told(code: string, text: string): string[] {
  return report(`${cell(code)}\n${text.replaceAll(/\{(\w+_str)\}/g, '`{python} $1`')}\n`)
    .filter(line => /^(?:warning|error|info)/.test(line))
    .map(line => line.split(' ', 3).slice(0, 2).join(' '));
}

test.each([
  [
    'a number behind a month that is no day of it',
    'bathers = 640\nbathers_str = f"{bathers}"',
    'warning stale-literal',
    'On a day in January 620 bathers come.',
    'On a day in January 640 bathers come.',
  ],
  [
    'over so many years is how long it takes',
    'life_years = 4\nlife_years_str = f"{life_years}"\ncost_usd_str = "46,000"',
    'warning stale-literal',
    'The server cost \\${cost_usd_str} and is written off over six years of life.',
    'The server cost \\${cost_usd_str} and is written off over four years of life.',
  ],
  [
    'a rounded word of what is no whole number',
    'shifts = 4.7\nshifts_str = f"{shifts}"\npress_h_str = "37.3"',
    'warning stale-literal',
    'The run takes {press_h_str} hours, nearly three shifts.',
    'The run takes {press_h_str} hours, nearly five shifts.',
  ],
  [
    'grams per square metre',
    'paper_gsm = 90\ngsm_str = f"{paper_gsm}"\npages_str = "144"',
    'warning stale-literal',
    'The reader has {pages_str} pages on paper of 80 g/m².',
    'The reader has {pages_str} pages on paper of 90 g/m².',
  ],
  [
    'kg per cubic metre by a name, told in words',
    'snow_kg_m3 = 420\nsnow_m3_str = "126,000"\ndensity_str = f"{snow_kg_m3}"',
    'warning stale-literal',
    'There are {snow_m3_str} m³, and snow has 400 kg to the cubic metre.',
    'There are {snow_m3_str} m³, and snow has 420 kg to the cubic metre.',
  ],
  [
    'cents by a name',
    'gas_ct = 8.5\ngas_ct_str = f"{gas_ct}"',
    'warning unit-mismatch',
    'Gas costs €{gas_ct_str} per kWh.',
    'Gas costs {gas_ct_str} cents per kWh.',
  ],
  [
    'the span that a name counts in',
    'sheets_hour = 9_500\nsheets_hour_str = f"{sheets_hour:,}"',
    'warning unit-mismatch',
    'The press makes {sheets_hour_str} sheets a minute.',
    'The press makes {sheets_hour_str} sheets an hour.',
  ],
  [
    'the same of a typed number',
    'sheets_hour = 9_500\nsheets_hour_str = f"{sheets_hour:,}"',
    'warning unit-mismatch',
    'The press makes 9,500 sheets a minute.',
    'The press makes 9,500 sheets an hour.',
  ],
  [
    'a unit in the singular behind more than one',
    'hours_str = "84.1"',
    'warning rendered-sentence',
    'They need {hours_str} hour. A night has fewer.',
    'They need {hours_str} hours, and the {hours_str} hour shift is over.',
  ],
  [
    'a percentage beside another one, with a price between',
    'adult_pct_str = "42"\nschool_pct_str = "20"\nadult_eur_str = "5.50"',
    'warning rendered-sentence',
    'Of those {adult_pct_str} are adults at €{adult_eur_str}, and {school_pct_str}% are classes.',
    'Of those {adult_pct_str}% are adults at €{adult_eur_str}, and {school_pct_str}% are classes.',
  ],
  [
    'hundreds of times are no magnitude of a sum',
    'from mlsys.constants import MILLION\nsaved_usd = 6_810_000\nsaved_m_str = f"{saved_usd / MILLION:.2f}"',
    'warning rendered-sentence',
    'They are worth \\${saved_m_str}, hundreds of times what it costs.',
    'They are worth \\${saved_m_str} million, hundreds of times what it costs.',
  ],
  [
    'a part in words in the place of a percentage',
    'fill_share = 0.754\nfill_pct_str = f"{fill_share * 100:.0f}"',
    'warning claim-mismatch',
    'The index fills two thirds of the card.',
    'The index fills three quarters of the card.',
  ],
  [
    'one in so many',
    'spare_share = 0.05\nspare_pct_str = f"{spare_share * 100:.0f}"',
    'warning claim-mismatch',
    'Of all books the spare are one in ten.',
    'Of all books the spare are one in twenty.',
  ],
  [
    'what stands over a brace',
    'x = 1',
    'warning equation-mismatch',
    '$$\n\\underbrace{424}_{\\text{water}} + \\underbrace{935}_{\\text{air}} = 1395\n$$',
    '$$\n\\underbrace{424}_{\\text{water}} + \\underbrace{935}_{\\text{air}} = 1359\n$$',
  ],
  [
    'a unit with a power behind a number in words',
    'pit_m3 = 12\npit_m3_str = f"{pit_m3}"\npit_eur_str = "947"',
    'warning stale-literal',
    'A pit of ten m³ costs €{pit_eur_str}.',
    'A pit of twelve m³ costs €{pit_eur_str}.',
  ],
  [
    'the price of what a value is named after',
    'tree_eur = 310\npit_eur = 947\npit_eur_str = f"{pit_eur}"',
    'warning claim-mismatch',
    'A pit comes to €{pit_eur_str}, five times the price of the tree.',
    'A pit comes to €{pit_eur_str}, three times the price of the tree.',
  ],
  [
    'out of a hundred',
    'survival_share = 0.91\nsurvival_pct_str = f"{survival_share * 100:.0f}"',
    'warning stale-literal',
    'Survival is good: of a hundred that are planted 85 live.',
    'Survival is good: of a hundred that are planted 91 live.',
  ],
  [
    'thousands in a sentence that speaks of a hundred trees',
    'from mlsys.constants import THOUSAND\nyear_usd = 725_508\nyear_k_str = f"{year_usd / THOUSAND:.0f}"',
    'warning rendered-sentence',
    'Of a hundred all live, and the budget is \\${year_k_str}.',
    'Of a hundred all live, and the budget is \\${year_k_str} thousand.',
  ],
  [
    'as much as so many, behind a number',
    'units = 7.4\nunits_str = f"{units}"\ncooling_kwh_str = "211"',
    'warning stale-literal',
    'It gives {cooling_kwh_str} kWh, as much as 4.7 window units.',
    'It gives {cooling_kwh_str} kWh, as much as 7.4 window units.',
  ],
  [
    'another unit with the same digits in a table',
    'day_gb = 19.9\nday_gb_str = f"{day_gb}"\nyear_tb_str = "7.3"',
    'warning stale-literal',
    'It is {day_gb_str} GB a day.\n\n| What | Value |\n|:--|--:|\n| Data of a day | 19.9 TB |\n| Data of a year | {year_tb_str} TB |',
    'It is {day_gb_str} GB a day.\n\n| What | Value |\n|:--|--:|\n| Data of a day | 19.9 GB |\n| Data of a year | {year_tb_str} TB |',
  ],
  [
    'a claim before a citation',
    'ratio_str = "4.8"',
    'warning claim-mismatch',
    'It saves {ratio_str} times what it costs, more than six times [@hopper].',
    'It saves {ratio_str} times what it costs, more than four times [@hopper].',
  ],
  [
    'samples a second of a frequency',
    'rate_hz = 200\nrate_str = f"{rate_hz}"\nchannels_str = "3"',
    'warning stale-literal',
    'It takes 100 samples a second on {channels_str} channels.',
    'It takes {rate_str} samples a second on {channels_str} channels.',
  ],
  [
    'what a link carries in a second',
    'link_kbit = 256\nlink_str = f"{link_kbit}"\nchannels_str = "3"',
    'warning stale-literal',
    'Its {channels_str} channels go over a link that carries 128 kbit/s.',
    'Its {channels_str} channels go over a link that carries {link_str} kbit/s.',
  ],
  [
    'data of one day, told of an hour',
    'day_gb = 19.9\nday_gb_str = f"{day_gb}"',
    'warning unit-mismatch',
    'They fill {day_gb_str} GB an hour.',
    'They fill {day_gb_str} GB a day.',
  ],
  [
    'the other one of two, and the rest',
    'night_h = 10\nnight_h_str = f"{night_h}"\nday_h_str = "14"',
    'warning stale-literal',
    'Of the 8 hours of the night one curve runs below the other.\n\nThe day has {day_h_str} hours.',
    'Of the 10 hours of the night one curve runs below the other.\n\nThe day has {day_h_str} hours.',
  ],
  [
    'the rest of what is divided',
    'fed_kwh = 6_150\nused_kwh = 3_168\nused_kwh_str = f"{used_kwh:,}"\nfed_kwh_str = f"{fed_kwh:,}"',
    'warning stale-literal',
    'She uses {used_kwh_str} kWh and sells the other 6,510 kWh.',
    'She uses {used_kwh_str} kWh and sells the other {fed_kwh_str} kWh.',
  ],
])('%s', (_, code, finding, wrong, right) => {
  expect(told(code, wrong)).toEqual([finding]);
  expect(told(code, right)).toEqual([]);
});

test.each([
  ['school_share = 0.20  # 25% of the visits: classes pay nothing', ['info stale-comment']],
  ['school_share = 0.20  # 20% of the visits: classes pay nothing', []],
  ['canopy_now = 0.17  # 14% in the survey of the crowns', ['info stale-comment']],
  ['canopy_now = 0.17  # 17% in the survey of the crowns', []],
])('a percentage beside a share: %s', (code, findings) => {
  expect(told(code, '')).toEqual(findings);
});

test('the unit of an attribute that other code gives an object is in its name', () => {
  const code =
    'from types import SimpleNamespace\nhill = SimpleNamespace(**{"pistes_ha": 42})\npistes_str = f"{hill.pistes_ha}"\nguns_str = "110"';
  expect(told(code, 'There are {guns_str} guns. The hill has 45 hectares of pistes.')).toEqual([
    'warning stale-literal',
  ]);
});
