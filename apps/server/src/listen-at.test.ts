import { expect, test } from 'vitest';
import { listenAt } from './listen-at.ts';

const LOCAL = ['203.0.113.10', '10.0.0.5', '127.0.0.1'];

test('An address of this machine is listened on itself, so that answers come from where they were asked', () => {
  expect(listenAt('10.0.0.5', LOCAL)).toBe('10.0.0.5');
});

test('An address that another machine stands for (NAT, containers) is reached at any of this one’s', () => {
  expect(listenAt('198.51.100.1', LOCAL)).toBe('0.0.0.0');
  expect(listenAt('2001:db8::7', LOCAL)).toBe('::');
});
