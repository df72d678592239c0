import { describe, expect, it } from 'vitest';
import { deviceProblem, sharingProblem } from './device-problem.ts';

const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('what keeps a device away', () => {
  it('is told apart by the browser’s error', () => {
    expect(deviceProblem(named('NotAllowedError'), true)).toBe('refused');
    expect(deviceProblem(named('NotFoundError'), true)).toBe('missing');
    expect(deviceProblem(named('OverconstrainedError'), true)).toBe('missing');
    expect(deviceProblem(named('NotReadableError'), true)).toBe('busy');
    expect(deviceProblem(new TypeError('no mediaDevices'), true)).toBe('unsupported');
    expect(deviceProblem(named('Whatever'), true)).toBe('failed');
    expect(deviceProblem('text', true)).toBe('failed');
  });

  it('is the page’s address when that is not secure, whatever the error', () => {
    expect(deviceProblem(new TypeError('undefined'), false)).toBe('insecure');
  });

  it('is nothing when a person closes the choice of a screen', () => {
    expect(sharingProblem(named('NotAllowedError', 'Permission denied by user'), true)).toBeUndefined();
    expect(sharingProblem(named('NotAllowedError', 'Permission denied by system'), true)).toBe('refused');
    expect(sharingProblem(named('NotReadableError'), true)).toBe('busy');
  });
});
