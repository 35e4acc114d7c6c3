/** `matplotlib.patheffects`: of what it does to texts and lines, the outline around texts is drawn. */
import { defineConstructor } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyInstance, PyModule, type Value } from '../../python/runtime/objects';
import { listOf, toFloat } from '../../python/runtime/operations';
import { colorOf } from './color';
import type { TextStyle } from './model';

type Keywords = ReadonlyMap<string, Value>;

const NAMES = ['Normal', 'Stroke', 'withStroke', 'SimpleLineShadow', 'SimplePatchShadow', 'withSimplePatchShadow'];
const MORE = ['withTickedStroke', 'TickedStroke', 'PathPatchEffect'];

const effectClass = nativeClass('AbstractPathEffect', undefined, 'matplotlib.patheffects');

function effect(name: string): [string, PyClass] {
  const cls = nativeClass(name, [effectClass], 'matplotlib.patheffects');
  defineConstructor(cls, `${name}(**kwargs)`, (made: PyClass, keywords: Keywords) => {
    const object = new PyInstance(made);
    for (const key of ['linewidth', 'foreground']) object.attrs!.set(key, keywords.get(key) ?? null);
    return object;
  });
  return [name, cls];
}

/** The outline that effects give a text. */
export function outlineOf(effects: Value): TextStyle['outline'] {
  const items = effects === null || typeof effects !== 'object' ? [] : listOf(effects);
  for (const one of items) {
    if (!(one instanceof PyInstance) || !/Stroke$/.test(one.cls.name)) continue;
    const [width, color] = ['linewidth', 'foreground'].map(key => one.attrs!.get(key) ?? null);
    if (width !== null && color !== null) return { width: toFloat(width!), color: colorOf(color!) };
  }
  return undefined;
}

export function loadPathEffects(): PyModule {
  const classes = [...NAMES, ...MORE].map(effect);
  return new PyModule(
    'matplotlib.patheffects',
    new Map<string, Value>([['AbstractPathEffect', effectClass], ...classes]),
  );
}
