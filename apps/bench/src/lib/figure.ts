/** One line of the table. */
export interface Figure {
  name: string;
  unit: string;
  ours: number;
  /** The same work by the reference, in the same run on the same machine. */
  reference?: number;
  /** What is held against `ratio` when there is a reference, otherwise against `ours`: at most this. */
  target?: number;
  /** The target is for `ours`, whatever the reference has. */
  absolute?: boolean;
}

/** What one bench found. */
export interface Findings {
  bench: string;
  /** What the column "reference" holds. */
  reference: string;
  figures: Figure[];
  /** Sentences printed under the table. */
  notes: string[];
  /** What broke (a lost message, no frame): the exit code tells. */
  broken: string[];
  /** Whatever else a reader of `--json` may want. */
  details?: unknown;
}

export function ratioOf({ ours, reference }: Figure): number | undefined {
  return reference === undefined || reference === 0 ? undefined : ours / reference;
}

/** Undefined where there is no target. */
export function isMet(figure: Figure): boolean | undefined {
  if (figure.target === undefined) return undefined;
  // As it is printed: a ratio of 1.004 is 1.00.
  const ratio = figure.absolute ? undefined : ratioOf(figure);
  const held = Number((ratio ?? figure.ours).toFixed(2));
  return Number.isFinite(held) && held <= figure.target;
}
