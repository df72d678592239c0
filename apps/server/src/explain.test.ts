import { expect, test } from 'vitest';
import { explain } from './explain.ts';

const ports = { PORT: 8080, RELAIS_CONTROL_PORT: 44300 };
const failed = (code: string, port: number) => Object.assign(new Error(code), { code, port });

test('a port that is taken is named with the variable that chooses another', () => {
  expect(explain(failed('EADDRINUSE', 8080), ports)[0]).toContain('Port 8080 is taken');
  expect(explain(failed('EADDRINUSE', 8080), ports)[0]).toContain('PORT=8090 npm start');
  expect(explain(failed('EADDRINUSE', 44300), ports)[0]).toContain('RELAIS_CONTROL_PORT=44301 npm start');
});

test('a port that this user may not open is named in the same way', () => {
  expect(explain(failed('EACCES', 80), { ...ports, PORT: 80 })[0]).toContain('PORT=8080 npm start');
});

test('anything else is told as it was said', () => {
  expect(explain(new Error('no disk'), ports)).toEqual(['Relais could not start. no disk']);
  expect(explain('no disk', ports)).toEqual(['Relais could not start. no disk']);
});
