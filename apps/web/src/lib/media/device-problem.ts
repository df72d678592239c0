import type { DeviceProblem } from '../meeting/view-model.ts';

/** What a browser's error means for the person who wanted a device; `isSecure`: the page came by HTTPS or is local. */
export function deviceProblem(error: unknown, isSecure: boolean): DeviceProblem {
  if (!isSecure) return 'insecure';
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
    case 'PermissionDeniedError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
    case 'TrackStartError':
      return 'busy';
    case 'NotSupportedError':
    case 'TypeError':
      return 'unsupported';
    default:
      return 'failed';
  }
}

/** Closing the browser's own choice of a screen is no problem to speak of; the system's refusal is one. */
export function sharingProblem(error: unknown, isSecure: boolean): DeviceProblem | undefined {
  const problem = deviceProblem(error, isSecure);
  if (problem !== 'refused') return problem;
  return error instanceof Error && /system/i.test(error.message) ? 'refused' : undefined;
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
