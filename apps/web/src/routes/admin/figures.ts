import type { Overview } from '@relais/protocol';
import type { AdminWords } from '#lib/i18n/fr-admin.ts';
import { momentOf } from '#lib/i18n/moment.ts';

/** Figures in words and units, in the language of the page. */
export function figures(tag: string, words: AdminWords) {
  const { units } = words;
  const digits = (maximumFractionDigits: number, style?: 'percent') =>
    new Intl.NumberFormat(tag, { maximumFractionDigits, ...(style && { style }) });
  const whole = digits(0);
  const one = digits(1);
  const percent = digits(0, 'percent');
  const finePercent = digits(1, 'percent');
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' });
  const ms = (n: number) => units.ms(n < 10 ? one.format(n) : whole.format(n));
  return {
    count: (n: number) => whole.format(n),
    ms,
    share: (ratio: number) => percent.format(ratio),
    loss: (ratio: number) => finePercent.format(ratio),
    bitrate: (bps: number) => units.mbit(one.format(bps / 1e6)),
    memory: (bytes: number) => units.mb(whole.format(bytes / 1e6)),
    instant: (at: number) => momentOf(tag, at, 'medium'),
    clock: (at: number) => clock.format(at).replace(/^0/, ''),
  };
}

export type Figures = ReturnType<typeof figures>;

/** Of many measurements: half are below the first, 99 of 100 below the second. */
export interface Spread {
  p50: number;
  p99: number;
}

/** The id of a run is long and means nothing: its end tells two apart. */
export function shortId(id: string): string {
  return id.slice(-6);
}

export interface ErrorCount {
  kind: string;
  count: number;
}

/** Refusals by kind over all hubs, the most frequent first. */
export function errorsOf({ hubs }: Overview): ErrorCount[] {
  const totals = new Map<string, number>();
  for (const { errors } of hubs) {
    for (const [kind, count] of Object.entries(errors)) totals.set(kind, (totals.get(kind) ?? 0) + count);
  }
  return [...totals]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
}

/** Joinings of the last minutes over all hubs. */
export function joinsOf({ hubs }: Overview): { accepted: number; refused: number } {
  return {
    accepted: hubs.reduce((sum, { joins }) => sum + joins.accepted, 0),
    refused: hubs.reduce((sum, { joins }) => sum + joins.refused, 0),
  };
}

/** A row of a table of medians and of what 99 of 100 do not pass. */
export function timesIn(name: string, spread: Spread | null, say: (n: number) => string, words: AdminWords) {
  const none = words.times.nothing;
  return { name, values: spread ? [say(spread.p50), say(spread.p99)] : [none, none] };
}
