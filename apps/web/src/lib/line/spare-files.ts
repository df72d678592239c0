/** Seconds for which a page that is closed without a word still spares; it says so again after a third of them. */
const AGE_S = 60;

export interface FileSparing {
  /** Whether the line is thin now. */
  spare(isThin: boolean): void;
}

/**
 * Tells the server of the pages that files are to trickle over a thin line while one is in a meeting
 * (apps/server/src/spared-line.ts): a program's own parts are asked for by the browser, and by nothing but a cookie can be said how.
 */
export function createFileSparing({
  now,
  setCookie,
}: {
  now: () => number;
  setCookie: (cookie: string) => void;
}): FileSparing {
  let line: string | undefined;
  let saidAt = 0;
  const say = (value: string, ageS: number) =>
    setCookie(`thin=${value};path=/_app;max-age=${ageS};samesite=strict`);
  return {
    spare(isThin) {
      if (!isThin) {
        if (line !== undefined) say('', 0);
        line = undefined;
        return;
      }
      if (line !== undefined && now() - saidAt < (AGE_S * 1000) / 3) return;
      line ??= crypto.randomUUID().replaceAll('-', '');
      saidAt = now();
      say(line, AGE_S);
    },
  };
}
