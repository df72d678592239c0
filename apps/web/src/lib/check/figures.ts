import type { CheckPath, Measured } from '@relais/domain';
import type { CheckWords } from '../i18n/fr-check.ts';

export interface Figure {
  label: string;
  value: string;
}

/** The figures behind the words, in the reader's numbers: for whoever helps. `tag`: a language for Intl. */
export function figuresOf(measured: Measured, words: CheckWords, tag: string): Figure[] {
  const { figures: f, parts } = words;
  const { line } = measured;
  const speed = (kbps: number | undefined) =>
    kbps === undefined
      ? f.unknown
      : kbps >= 1000
        ? `${number(tag, kbps / 1000, 1)} Mbit/s`
        : `${number(tag, kbps, 0)} kbit/s`;
  const path = (name: CheckPath): Figure => ({
    label: `${parts[name]} (${f.protocols[name]})`,
    value: f.paths[measured.paths[name]],
  });
  const share = (loss: number) => `${number(tag, loss * 100, 1)} %`;
  return [
    ...(['microphone', 'speaker', 'camera'] as const).map((part) => ({
      label: parts[part],
      value: f.outcomes[measured[part]],
    })),
    path('udp'),
    path('tcp'),
    path('relay'),
    {
      label: f.loss,
      value: line ? `${share(line.lossUp)} (${f.up}), ${share(line.lossDown)} (${f.down})` : f.unknown,
    },
    { label: f.roundTrip, value: line ? `${number(tag, line.roundTripMs, 0)} ms` : f.unknown },
    { label: f.jitter, value: line ? `${number(tag, line.jitterMs, 0)} ms` : f.unknown },
    { label: parts.down, value: speed(measured.downKbps) },
    { label: parts.up, value: speed(measured.upKbps) },
  ];
}

/** The same as lines, to be copied into a message. */
export function asText(figures: readonly Figure[]): string {
  return figures.map(({ label, value }) => `${label} : ${value}`).join('\n');
}

function number(tag: string, value: number, digits: number): string {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(value);
}
