import type { LineReport } from '@relais/domain';
import type { LineWords } from '../i18n/fr-line.ts';

/** The last look at the line as names and values, for who wants figures. Pure. */
export function lineFigures(report: LineReport, words: LineWords, tag: string): [string, string][] {
  const t = words.figures;
  const whole = (value: number) => Math.round(value).toLocaleString(tag);
  const share = (value: number | undefined) =>
    value === undefined
      ? t.unknown
      : value.toLocaleString(tag, { style: 'percent', maximumFractionDigits: 1 });
  const ms = (value: number | undefined) => (value === undefined ? t.unknown : t.ms(whole(value)));
  const { down, up, path, roundTripMs, queueMs } = report;
  return [
    [t.loss, t.lossBoth(share(down.loss), share(up.loss))],
    [t.concealed, share(down.concealed)],
    [t.roundTrip, ms(roundTripMs)],
    [t.queue, ms(queueMs)],
    [t.down, t.rates(whole(down.sound / 1000), whole(down.picture / 1000))],
    [t.up, t.rates(whole(up.sound / 1000), whole(up.picture / 1000))],
    [t.estimate, up.estimate === undefined ? t.unknown : t.kbit(whole(up.estimate / 1000))],
    [t.path, path ? words.paths[path] : t.unknown],
  ];
}
