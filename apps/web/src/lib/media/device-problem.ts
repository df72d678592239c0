import type { DeviceProblem } from '../meeting/view-model.ts';

const PROBLEMS: Readonly<Record<string, DeviceProblem>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  NotSupportedError: 'unsupported',
  TypeError: 'unsupported',
};

/** What a browser's error means for the person who wanted a device; `isSecure`: the page came by HTTPS or is local. */
export function deviceProblem(error: unknown, isSecure: boolean): DeviceProblem {
  if (!isSecure) return 'insecure';
  return (error instanceof Error && PROBLEMS[error.name]) || 'failed';
}

/** Closing the browser's own choice of a screen is no problem to speak of; the system's refusal is one. */
export function sharingProblem(error: unknown, isSecure: boolean): DeviceProblem | undefined {
  const problem = deviceProblem(error, isSecure);
  if (problem !== 'refused') return problem;
  return error instanceof Error && /system/i.test(error.message) ? 'refused' : undefined;
}
