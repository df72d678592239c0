import { isMet, ratioOf, type Figure, type Findings } from './figure.ts';

const HEADINGS = ['figure', 'ours', 'reference', 'ratio', 'target', 'met'] as const;

export function printFindings({ bench, reference, figures, notes, broken }: Findings): string {
  const rows = [[...HEADINGS] as string[], ...figures.map(row)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, i) => pad(cell, widths[i]!, i === 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return [
    '',
    `── ${bench} (reference: ${reference})`,
    ...lines,
    ...notes.map((note) => `  · ${note}`),
    ...broken.map((what) => `  ✗ ${what}`),
    '',
  ].join('\n');
}

function row(figure: Figure): string[] {
  const ratio = ratioOf(figure);
  const met = isMet(figure);
  const { name, unit, ours, reference, target, absolute } = figure;
  return [
    unit ? `${name} (${unit})` : name,
    round(ours),
    reference === undefined ? '' : round(reference),
    ratio === undefined ? '' : Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '–',
    target === undefined ? '' : `≤ ${round(target)}${ratio === undefined || absolute ? '' : '×'}`,
    met === undefined ? '' : met ? 'yes' : 'no',
  ];
}

function pad(cell: string, width: number, left: boolean): string {
  return left ? cell.padEnd(width) : cell.padStart(width);
}

/** Three figures that mean something, and no more. */
function round(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
