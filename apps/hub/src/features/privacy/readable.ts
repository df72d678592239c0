/** What is kept of a person as a page that any browser opens without the network: all that was written is text. */
export function readablePage(title: string, data: Record<string, unknown>): string {
  const parts = Object.entries(data).map(([name, value]) => `<h2>${escape(words(name))}</h2>${shown(value)}`);
  return `<!doctype html><html lang="fr-CA"><meta charset="utf-8"><title>${escape(title)}</title><h1>${escape(title)}</h1>${parts.join('')}</html>`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '<p>–</p>';
  if (value instanceof Date) return `<p>${value.toISOString()}</p>`;
  if (Array.isArray(value)) {
    const items = value.map((one: unknown) => `<li>${shown(one)}</li>`);
    return items.length > 0 ? `<ol>${items.join('')}</ol>` : '<p>–</p>';
  }
  if (typeof value === 'object') {
    const lines = Object.entries(value).map(
      ([name, one]) => `<dt>${escape(words(name))}</dt><dd>${shown(one)}</dd>`,
    );
    return `<dl>${lines.join('')}</dl>`;
  }
  return `<p style="white-space: pre-wrap">${escape(typeof value === 'string' ? value : JSON.stringify(value))}</p>`;
}

const words = (name: string) => name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`);
}
