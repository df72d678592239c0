import { expect, test } from 'vitest';
import { isNeededAtOnce, withoutLateStyles } from './late-styles.ts';

const link = (name: string) => `\n\t\t<link href="../_app/immutable/assets/${name}" rel="stylesheet">`;

test('the styles of panels and dialogs are left to the component that needs them', () => {
  const html = `<head>${link('0.CRxA5dxk.css')}${link('ChatPanel.BYM01-fb.css')}${link('ui.BXInlsyB.css')}</head>`;
  expect(withoutLateStyles(html)).toBe(`<head>${link('0.CRxA5dxk.css')}${link('ui.BXInlsyB.css')}</head>`);
});

test('scripts and the page’s own styles are announced, late styles and fonts are not', () => {
  expect(isNeededAtOnce({ type: 'js', path: '/_app/immutable/nodes/3.x.js' })).toBe(true);
  expect(isNeededAtOnce({ type: 'css', path: '/_app/immutable/assets/3.x.css' })).toBe(true);
  expect(isNeededAtOnce({ type: 'css', path: '/_app/immutable/assets/PeoplePanel.x.css' })).toBe(false);
  expect(isNeededAtOnce({ type: 'font', path: '/x.woff2' })).toBe(false);
});
