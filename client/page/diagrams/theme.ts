/** The page's colours, and Mermaid's, which are made of them. */
import type { DiagramColours } from './contract';

type Colour = readonly [red: number, green: number, blue: number];

function channels(text: string): Colour {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  // `color(srgb …)`, as mixed colours are told, counts to 1.
  return text.startsWith('color(') ? [red * 255, green * 255, blue * 255] : [red, green, blue];
}

function hex(colour: Colour): string {
  return `#${colour
    .map(channel =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** `share` of one colour in another. */
function mixed(one: string, other: string, share: number): string {
  const [a, b] = [channels(one), channels(other)];
  return hex([0, 1, 2].map(at => a[at]! * share + b[at]! * (1 - share)) as unknown as Colour);
}

/** Perceived lightness, from 0 to 1. */
function lightnessOf(text: string): number {
  const [red, green, blue] = channels(text);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

/** The colours and the font that the page has now. */
export function coloursOf(): DiagramColours {
  const probe = document.createElement('span');
  // Else the system's colours tell all of them as one.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const told = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  probe.style.fontFamily = 'var(--sans)';
  const page = told('page');
  const colours = {
    page,
    ink: told('ink'),
    faint: told('faint'),
    line: told('line'),
    link: told('link'),
    good: told('good'),
    warning: told('warning'),
    font: style.fontFamily,
    isDark: lightnessOf(page) < 0.5,
    isHighContrast:
      document.body.classList.contains('vscode-high-contrast') || matchMedia('(forced-colors: active)').matches,
  };
  probe.remove();
  return colours;
}

/** The colours as variables of Mermaid's theme. */
export function variablesOf(colours: DiagramColours): Record<string, unknown> {
  const { page, ink, faint, line, link, good, warning, font, isDark, isHighContrast } = colours;
  const tint = (colour: string): string =>
    isHighContrast ? hex(channels(page)) : mixed(colour, page, isDark ? 0.26 : 0.13);
  const edge = (colour: string): string => (isHighContrast ? hex(channels(ink)) : mixed(colour, page, 0.6));
  // Text stands on these.
  const hues = [0.34, 0.2].flatMap(share =>
    [link, good, warning, faint, ink].map(one => mixed(one, page, isHighContrast ? 0.2 : share)),
  );
  const [paper, text, quiet] = [hex(channels(page)), hex(channels(ink)), hex(channels(faint))];
  return {
    darkMode: isDark,
    fontFamily: font,
    fontSize: '16px',
    background: paper,
    primaryColor: tint(link),
    primaryBorderColor: edge(link),
    primaryTextColor: text,
    secondaryColor: tint(good),
    secondaryBorderColor: edge(good),
    secondaryTextColor: text,
    tertiaryColor: mixed(line, page, isHighContrast ? 0 : 0.25),
    tertiaryBorderColor: isHighContrast ? text : mixed(faint, page, 0.5),
    tertiaryTextColor: text,
    lineColor: isHighContrast ? text : quiet,
    textColor: text,
    titleColor: text,
    noteBkgColor: tint(warning),
    noteBorderColor: edge(warning),
    noteTextColor: text,
    edgeLabelBackground: paper,
    pieOuterStrokeColor: quiet,
    pieTitleTextColor: text,
    pieSectionTextColor: text,
    pieLegendTextColor: text,
    pieStrokeColor: paper,
    pieOpacity: '1',
    ...Object.fromEntries(hues.map((hue, at) => [`pie${at + 1}`, hue])),
    ...Object.fromEntries(
      [...hues, ...hues].slice(0, 12).flatMap((hue, at) => [
        [`cScale${at}`, hue],
        [`cScaleLabel${at}`, text],
      ]),
    ),
    xyChart: {
      backgroundColor: paper,
      titleColor: text,
      dataLabelColor: text,
      ...Object.fromEntries(
        ['xAxis', 'yAxis'].flatMap(axis => [
          [`${axis}LabelColor`, text],
          [`${axis}TitleColor`, text],
          [`${axis}TickColor`, quiet],
          [`${axis}LineColor`, quiet],
        ]),
      ),
      plotColorPalette: (isHighContrast
        ? [text, quiet]
        : [link, good, warning, faint].map(one => mixed(one, page, 0.75))
      ).join(', '),
    },
  };
}

/** Texts of user journeys are white unless they are told otherwise. */
export function journeyOf({ ink, link, good, warning, faint, font }: DiagramColours) {
  return {
    titleFontFamily: font,
    taskFontFamily: font,
    sectionColours: [hex(channels(ink))],
    actorColours: [link, good, warning, faint].map(one => hex(channels(one))),
  };
}
