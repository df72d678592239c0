import type { z } from 'zod';

/** Paths and reasons of what does not fit, ten at most, without the values: they may hold keys, or a megabyte. */
export function issuesOf(error: z.ZodError): string[] {
  return error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.map(String).join('.').slice(0, 100)}: ${issue.message}`.slice(0, 300));
}
