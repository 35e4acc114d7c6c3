/** Numbers in sentences that are of something else than the value which they look like, and units that a number is given in. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

/** What is more than a hint. */
function told(code: string, text: string): string[] {
  return report(`${cell(code)}\n${text}\n`).filter(line => /^(?:warning|error)/.test(line));
}

test.each([
  [
    'the row of another case is none of the one that is computed',
    'every_min = 5\nneeded = 104 / every_min\nplaces_h = 60 / every_min * 190\nevery_str = f"{every_min}"\nneeded_str = f"{needed:.1f}"\nplaces_h_str = f"{places_h:,.0f}"',
    'A bus leaves every `{python} every_str` minutes.\n\n| Interval | Buses needed | Places an hour |\n|---:|---:|---:|\n| `{python} every_str` min | `{python} needed_str` | `{python} places_h_str` |\n| 4 min | 25.9 | 2,850 |\n',
  ],
  [
    'what is counted by one noun may be one of two',
    'ferries = 40\nspare = 4\nsailing = ferries - spare\nferries_str = f"{ferries}"\nsailing_str = f"{sailing}"',
    'The line owns `{python} ferries_str` ferries. To paint all `{python} sailing_str` ferries takes a week.\n\n- **Brushes**: 36 ferries at 25 minutes make 15 hours.',
  ],
  [
    'what parts add up to is none of them',
    'n_disclosed = 2035\nledger = {"n_disclosed": 2035, "n_gifts": 2711, "imputed_usd": 8.93e9, "disclosed_usd": 17.4e9}\nF = {"n_gifts": f"{ledger[\'n_gifts\']:,}", "imputed_b": f"${ledger[\'imputed_usd\']/1e9:,.2f}B"}',
    'The fund made `{python} F["n_gifts"]` gifts.\n\nIts letters disclose giving in dated parts totaling $26.39 billion over five years.',
  ],
  [
    'what is made of a result in the sentence before',
    'water_eur = 169\ngas_eur = 484\nheat_mwh = 5.376\nwater_eur_str = f"{water_eur}"\ngas_eur_str = f"{gas_eur}"\nheat_mwh_str = f"{heat_mwh:.1f}"',
    'Water costs €`{python} water_eur_str` and gas €`{python} gas_eur_str`.\n\nThe warm water takes a quarter back: `{python} heat_mwh_str` MWh / 4 ≈ 1.3 MWh a day. At nine cents per kWh that is worth €121.',
  ],
  [
    'how many times one gets somewhere is no count',
    'ferries = 40\nspare = 4\nkm_day = 7740\nkm_year_m = km_day * 340 / 1e6\nferries_str = f"{ferries}"\nspare_str = f"{spare}"\nkm_year_m_str = f"{km_year_m:.2f}"',
    'Of `{python} ferries_str` ferries, the fleet sails `{python} km_year_m_str` million km a year. That is nearly seven times to the moon.',
  ],
  [
    'dollars of a year are no such number of dollars',
    'n_disclosed = 2_035\nledger = {"n_grants": 2711}\nshown = dict(n_grants=f"{ledger[\'n_grants\']:,}")',
    'The fund made `{python} shown["n_grants"]` grants.\n\nIts letters disclose them in dated parts. The model brings each part — booked by disclosure year — to 2024 dollars (consumer prices).',
  ],
  [
    'what a source says is that of the source',
    'ledger = {"n_grants": 2711, "n_groups": 2509, "imputed_usd": 8.93e9}\nshown = dict(n_grants=f"{ledger[\'n_grants\']:,}", n_groups=f"{ledger[\'n_groups\']:,}", imputed_b=f"${ledger[\'imputed_usd\'] / 1e9:,.2f}B")',
    'The fund gave away $7.17 billion in 2025 [@fund2025]; a survey counts $6.65 billion of it. Its lifetime total is $26.39 billion in `{python} shown["n_grants"]` grants to `{python} shown["n_groups"]` groups.',
  ],
  [
    'what a value was before is none of another one',
    'tq = {"median": 201_923, "mean": 290_000}\nF = dict(median=f"{tq[\'median\']:,}", share="5.02%", blended=f"${151_000:,.0f}")',
    'The audit moved the share from 4.93% to `{python} F["share"]`, the median from about 205,000 to `{python} F["median"]`, and the blended figure from about $148,000 to `{python} F["blended"]` per case.',
  ],
  [
    'what is saved is not what something costs',
    'burner_usd = 9_800\ngas_usd = 21_000\nburner_usd_str = f"{burner_usd:,}"\ngas_usd_str = f"{gas_usd:,}"',
    'Gas costs \\$`{python} gas_usd_str` a year. With a new burner we save about \\$14,000.',
  ],
  [
    'so many years longer are a difference',
    'ada_years = 42\nben_years = 28\nada_years_str = f"{ada_years}"\nben_years_str = f"{ben_years}"',
    'She has saved for `{python} ada_years_str` years, he for `{python} ben_years_str` years.\n\nAda saved 14 years longer, half as long again as Ben.',
  ],
  [
    'what halves in some time is not what doubles in another',
    'chip_doubling_months = 24\nmodel_doubling_months = 3.4\ngap = chip_doubling_months / model_doubling_months\ngap_str = f"{gap:.0f}"',
    'The work for one model, which halved every 16 months, outpaced the chips.\n\nModels grow `{python} gap_str` times as fast as chips.',
  ],
  [
    'what would cost so much at another price',
    'fruit_eur = 4.2\nfruit_jar = 1.38\nfruit_jar_str = f"{fruit_jar:.2f}"',
    'The fruit in a jar costs €`{python} fruit_jar_str`.\n\nAt €6 a kilogram the fruit in a jar would cost €1.87.',
  ],
  [
    'the unit of the first number is that of one in the same words',
    'ada_years_str = "42"\nben_years_str = "28"',
    'She has saved for `{python} ada_years_str` years by then, he for `{python} ben_years_str`.',
  ],
  [
    'days are no count of rounds',
    'rounds = 12\ndays_round = 9\nkm_round_str = "1,340"\nposts_str = "36"\nrounds_str = f"{rounds}"',
    'A truck drives a round of `{python} km_round_str` km to `{python} posts_str` posts. Driver and nurse are on the road for nine days.',
  ],
  [
    'what is found is told of what finds it',
    'deaf = 50.4\nfound = deaf * 0.93\ndeaf_str = f"{deaf:.0f}"\nfound_str = f"{found:.0f}"',
    'There are `{python} deaf_str` deaf children. The test finds `{python} found_str` of them.\n\n1. The test finds 47 deaf children a year.',
  ],
  [
    'four groups are no nurses',
    'births_str = "31,500"\nalarms_str = "1,101"\nnurses = 6\nnurses_str = f"{nurses}"',
    'Of `{python} births_str` newborns `{python} alarms_str` raise an alarm. There are four groups of them.',
  ],
  [
    'seconds of arc are no time',
    'dump_s = 8\ndump_s_str = f"{dump_s}"\nchannels_str = "4,096"',
    'There are `{python} channels_str` channels. The array sees 6.9 seconds of arc.',
  ],
  [
    'what a table gives in a unit of its head is no value of another unit',
    'evap_kwh_str = "935"\nevap_l_str = "1,375"\nwalls_kwh_str = "110"',
    `From the surface \`{python} evap_l_str\` litres evaporate.

| Heat        | kWh a day                 |
|:------------|--------------------------:|
| Evaporation | 935                       |
| Walls       | \`{python} walls_kwh_str\` |`,
  ],
  [
    'k behind two units is a kelvin, and no thousand',
    'kwh_m3_k = 1.163\nwalls_kwh_str = "110"',
    `| Heat  | kWh a day                 |
|:------|--------------------------:|
| Walls | \`{python} walls_kwh_str\` |
| All   | 1,469                     |`,
  ],
  [
    'lifeguards are no lives',
    'life_years = 12\nlife_years_str = f"{life_years}"\nguards_str = "9"',
    'The cover lasts `{python} life_years_str` years. There are `{python} guards_str` guards.\n\nA year of the hall, with 9 lifeguards.',
  ],
  [
    'the row of a table names another share than the value is of',
    'paper_share_pct_str = "34"\nbinding_usd_str = "21,930"\npaper_usd_str = "20,018"',
    `Of the price \`{python} paper_share_pct_str\`% is paper.

| What    | Dollars                     | Share |
|:--------|----------------------------:|------:|
| Paper   | \`{python} paper_usd_str\`   | 34%   |
| Binding | \`{python} binding_usd_str\` | 37%   |`,
  ],
  [
    'by so many degrees is a difference',
    'water_c = 28\nmains_c = 9\nwater_c_str = f"{water_c}"\nmains_c_str = f"{mains_c}"',
    'Water arrives at `{python} mains_c_str` °C, and must be warmed by 19 degrees.',
  ],
  [
    'a delay of something else, among the words of what the sentence shows',
    'gate_open_ms = 2\nflap_open_ms = 15\ngate_open_ms_str = f"{gate_open_ms}"\nflap_open_ms_str = f"{flap_open_ms}"',
    'The gate opens within `{python} gate_open_ms_str` ms, the flap within `{python} flap_open_ms_str` ms in the plant.\n\nDoes the gate in the plant open in `{python} gate_open_ms_str` ms, or do its relays add 10 ms of chatter?',
  ],
  [
    'what a sentence gives two other numbers for',
    'guests = 1_200\nboats = 32\nguests_boat = guests / boats\nguests_boat_str = f"{guests_boat:.1f}"',
    'Each boat takes `{python} guests_boat_str` guests.\n\nWith a party of 100 guests and 4 boats, each boat takes 25 guests.',
  ],
  [
    'one end of a range that is ten times as much is no slip',
    'pump_w = 100\npump_w_str = f"{pump_w}"',
    'Under load a pump takes 1–2 kW. Idle pumps draw `{python} pump_w_str` W.',
  ],
  [
    'a frequency is told as so many a second',
    'rate_hz = 200\nrate_str = f"{rate_hz}"',
    'A station takes `{python} rate_str` samples a second.',
  ],
  [
    'what a link carries is told as a rate',
    'link_kbit = 256\nlink_str = f"{link_kbit}"',
    'Its link carries `{python} link_str` kbit/s.',
  ],
])('%s', (_, code, text) => {
  expect(told(code, text)).toEqual([]);
});

test.each([
  [
    'inside_f = 70\ninside_f_str = f"{inside_f}"',
    'It shows `{python} inside_f_str` °C inside.',
    'warning unit-mismatch "`{python} inside_f_str` °C": The sentence says °C, but the value is in °F (`inside_f_str`).',
  ],
  [
    'inside_f = 70\ninside_f_str = f"{inside_f}"',
    'Inside we measured 75 °F.',
    'warning stale-literal "75 °F": The sentence says 75 °F, but the calculation gives 70 (`inside_f_str`).',
  ],
  [
    'km_shift_str = "17.9"',
    'By the evening she has covered `{python} km_shift_str` miles.',
    'warning unit-mismatch "`{python} km_shift_str` miles": The sentence says mile, but the value is in km (`km_shift_str`).',
  ],
  [
    'speed_ms_str = "1.1"',
    'They walk at `{python} speed_ms_str` km/h.',
    'warning unit-mismatch "`{python} speed_ms_str` km/h": The sentence says km/h, but the value is in m/s (`speed_ms_str`).',
  ],
  [
    'line_cents_str = "33"',
    'A line comes to `{python} line_cents_str` cents, more than half a dollar.',
    'warning claim-mismatch "`{python} line_cents_str` cents, more than half a dollar": The sentence says "more than", but the first number is the smaller one: 0.66 times the second.',
  ],
  [
    'board_str = "9"\npanel_str = "40"',
    'It draws `{python} board_str` W of the `{python} panel_str` W that the panels give, more than a third.',
    'warning claim-mismatch "`{python} board_str` W of the `{python} panel_str` W that the panels give, more than a third": The sentence says "more than a third", but the first number is 0.225 times the second.',
  ],
  [
    'pension = 16_200\nsalary = 54_000\nreplaced = pension / salary\nreplaced_pct_str = f"{replaced:.2f}"',
    'The pension is `{python} replaced_pct_str`% of the salary.',
    'warning rendered-sentence "`{python} replaced_pct_str`": The sentence reads "0.30%", but the value is a fraction (`replaced_pct_str`): the percentage is 30.',
  ],
  [
    'x = 1',
    '$$\n\\frac{43}{1.1} + 17 \\approx 48 \\text{ s}\n$$',
    'warning equation-mismatch "\\frac{43}{1.1} + 17 \\approx 48 \\text{ s}": The sentence reads "((43)/(1.1)) + 17 ≈ 48 s", but the left side gives 56.1.',
  ],
])('%s: %s', (code, text, message) => {
  expect(told(code, text)).toEqual([message]);
});
