/** Colours and logos of a project's brand. */
import { describe, expect, test } from 'vitest';
import { Brand } from '../../../server/project/brand';
import { filesOf } from '../../support/files';

const BRAND = `
color:
  palette:
    night: "#112233"
    sea: night
    round: circle
    circle: round
  primary: sea
  background: {light: white, dark: night}
logo:
  images:
    mark: {path: img/mark.svg, alt: A mast}
    plain: img/plain.png
  small: mark
  medium: {light: plain, dark: mark}
  large: https://canal.example/logo.png
`;
const FILES = filesOf({
  '_quarto.yml': '',
  '_brand.yml': BRAND,
  'own/b.yml': 'color: {primary: red}',
  'part/c.qmd': '',
});
const SAID = { own: undefined, project: undefined };

describe('colours', () => {
  test.each([
    ['primary', 'light', '#112233'],
    ['sea', 'light', '#112233'],
    ['background', 'light', 'white'],
    ['background', 'dark', '#112233'],
    ['round', 'light', undefined],
    ['none', 'light', undefined],
    ['palette', 'light', undefined],
    ['toString', 'light', undefined],
  ] as const)('%s on %s pages', (name, mode, colour) => {
    expect(new Brand('/book/part/c.qmd', SAID, FILES).color(name, mode)).toBe(colour);
  });

  test.each([
    ['the project', { own: undefined, project: 'own/b.yml' }, 'red'],
    ['the chapter', { own: '../own/b.yml', project: undefined }, 'red'],
    ['the chapter, from the root', { own: '/own/b.yml', project: undefined }, 'red'],
    ['one that is written in place', { own: { color: {} }, project: undefined }, undefined],
    ['none', { own: undefined, project: false }, undefined],
    ['one outside of the workspace', { own: '../../../etc/b.yml', project: undefined }, undefined],
  ])('the file may be named: %s', (_who, said, colour) => {
    expect(new Brand('/book/part/c.qmd', said, FILES).color('primary', 'light')).toBe(colour);
  });
});

test.each([
  ['small', 'light', { url: '../img/mark.svg', alt: 'A mast' }],
  ['medium', 'light', { url: '../img/plain.png', alt: undefined }],
  ['medium', 'dark', { url: '../img/mark.svg', alt: 'A mast' }],
  ['large', 'light', { url: 'https://canal.example/logo.png', alt: undefined }],
  ['plain', 'light', { url: '../img/plain.png', alt: undefined }],
  ['images', 'light', undefined],
] as const)('logos: %s on %s pages', (name, mode, logo) => {
  expect(new Brand('/book/part/c.qmd', SAID, FILES).logo(name, mode)).toEqual(logo);
});
