/** Texts of a figure as a whole: its title, the labels that all axes share, and those at a place. */
import { Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import type { Value } from '../../python/runtime/objects';
import { str, toFloat } from '../../python/runtime/operations';
import { labelHandle } from './handles';
import { type PyFigure, PyTransform, textStyle } from './objects';
import { fontOptions, Options } from './options';
import { rcColor, rcSize, rcText } from './rc';

type Keywords = ReadonlyMap<string, Value>;

const wordsOf = (value: Value): string => (typeof value === 'string' ? value : str(value));

function titled(figure: PyFigure, words: Value, keywords: Keywords): Value {
  const options = new Options(keywords);
  const model = figure.edit();
  model.title = wordsOf(words);
  fontOptions(model.titleStyle, options);
  const access = {
    get: () => figure.model.title,
    set: (text: string) => {
      figure.edit().title = text;
    },
    style: () => figure.edit().titleStyle,
  };
  return labelHandle(access, '0.5', '0.98');
}

/** `supxlabel` and `supylabel`. */
const sharedLabel =
  (side: 'x' | 'y'): NativeBody =>
  (figure: PyFigure, words: Value, keywords: Keywords) => {
    const options = new Options(keywords);
    const style = textStyle(rcSize('figure.labelsize'), rcColor('text.color'), rcText('figure.labelweight'));
    fontOptions(style, options);
    const model = figure.edit();
    model.labels = { ...model.labels, [side]: { text: wordsOf(words), style } };
    const label = () => figure.edit().labels![side]!;
    const access = {
      get: () => figure.model.labels?.[side]?.text ?? '',
      set: (text: string) => {
        label().text = text;
      },
      style: () => label().style,
    };
    return side === 'x' ? labelHandle(access, '0.5', '0.01') : labelHandle(access, '0.02', '0.5');
  };

/** Methods of `Figure`, by signature. */
export const FIGURE_TEXTS: Readonly<Record<string, NativeBody>> = {
  'suptitle(t, **kwargs)': titled,
  'supxlabel(t, **kwargs)': sharedLabel('x'),
  'supylabel(t, **kwargs)': sharedLabel('y'),
  'text(x, y, s, **kwargs)': (figure: PyFigure, x: Value, y: Value, words: Value, keywords: Keywords) => {
    const options = new Options(keywords);
    const style = textStyle(rcSize('font.size'), rcColor('text.color'));
    const horizontal = options.text('left', 'ha', 'horizontalalignment');
    const vertical = options.text('baseline', 'va', 'verticalalignment');
    fontOptions(style, options);
    const transform = options.take('transform');
    if (transform instanceof PyTransform && transform.coords !== 'figure')
      throw new Unsupported('a text of a figure in the coordinates of axes', 'add it to the axes');
    figure.edit().texts.push({
      kind: 'text',
      x: toFloat(x),
      y: toFloat(y),
      text: str(words),
      coords: 'axes',
      horizontal: horizontal as 'left',
      vertical: vertical as 'top',
      rotation: options.number(0, 'rotation'),
      style,
    });
    return null;
  },
};
