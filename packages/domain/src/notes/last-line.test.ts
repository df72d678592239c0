import { expect, test } from 'vitest';
import { lastLine } from './last-line.ts';

test('[NOTE-8] the last line with something in it, whatever follows it', () => {
  expect(lastLine('', 10)).toBe('');
  expect(lastLine(' \n\n\t\n', 10)).toBe('');
  expect(lastLine('seule', 10)).toBe('seule');
  expect(lastLine('une\ndeux\n\n  \n', 10)).toBe('deux');
  expect(lastLine('une\r\ndeux\r\n', 10)).toBe('deux');
  expect(lastLine('\nune', 10)).toBe('une');
});

test('[NOTE-8] it is cut between letters, and says so; nothing in it is unreadable', () => {
  expect(lastLine('a'.repeat(11), 10)).toBe(`${'a'.repeat(9)}…`);
  expect(lastLine('a'.repeat(10), 10)).toBe('a'.repeat(10));
  expect(lastLine(`${'a'.repeat(8)}😀bc`, 10)).toBe(`${'a'.repeat(8)}…`);
  expect(lastLine('a\u0000\u0007b\ud800', 10)).toBe('a b');
});
