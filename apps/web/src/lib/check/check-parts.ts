import type { Measured, PartOutcome, PathOutcome } from '@relais/domain';
import type { DeviceFinding } from './check-devices.ts';

/** What is checked, in this order. */
export const CHECK_PARTS = [
  'microphone',
  'speaker',
  'camera',
  'server',
  'udp',
  'tcp',
  'relay',
  'line',
  'down',
  'up',
] as const;
export type CheckPart = (typeof CHECK_PARTS)[number];

/** What one part came to, for its line on the page; the words are the page's. */
export type PartFinding =
  | { of: 'device'; outcome: PartOutcome; problem?: DeviceFinding['problem'] }
  | { of: 'server'; reached: boolean }
  | { of: 'path'; outcome: PathOutcome }
  | { of: 'line'; line: Measured['line'] }
  | { of: 'speed'; kbps: number | undefined };

export type Found = Partial<Record<CheckPart, PartFinding>>;
