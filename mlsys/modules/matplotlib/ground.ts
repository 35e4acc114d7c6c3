/** The grounds of figures and axes (`fig.patch`, `ax.patch`). */
import { defineMethods, defineProperties } from '../../python/runtime/native';
import { nativeClass, PyObject, type Value } from '../../python/runtime/objects';
import { toFloat, truth } from '../../python/runtime/operations';
import { colorOf, withAlpha } from './color';
import { axesClass, figureClass, PyAxes, type PyFigure } from './objects';

const groundClass = nativeClass('Rectangle', undefined, 'matplotlib.patches');

class PyGround extends PyObject {
  readonly axes: PyAxes | undefined;
  readonly figure: PyFigure;

  constructor(owner: PyFigure | PyAxes) {
    super(groundClass);
    this.axes = owner instanceof PyAxes ? owner : undefined;
    this.figure = owner instanceof PyAxes ? owner.figure : owner;
  }

  edit(): { fill: string } {
    return (this.axes ?? this.figure).edit();
  }
}

const changing = (change: (ground: { fill: string }, value: Value) => void) => (self: PyGround, value: Value) => {
  change(self.edit(), value);
  return null;
};
const setFill = changing((ground, color) => {
  ground.fill = colorOf(color);
});
const nothing = () => null;

defineMethods(groundClass, {
  'set_facecolor(color)': setFill,
  'set_fc(color)': setFill,
  'set_color(color)': setFill,
  'set_alpha(alpha)': changing((ground, alpha) => {
    if (alpha !== null && ground.fill !== 'none') ground.fill = withAlpha(ground.fill, toFloat(alpha));
  }),
  'set_visible(b)': changing((ground, isVisible) => {
    if (!truth(isVisible)) ground.fill = 'none';
  }),
  'set_edgecolor(color)': nothing,
  'set_linewidth(w)': nothing,
  'set_zorder(level)': nothing,
});
defineProperties(figureClass, { patch: (figure: PyFigure) => new PyGround(figure) });
defineProperties(axesClass, { patch: (axes: PyAxes) => new PyGround(axes) });
