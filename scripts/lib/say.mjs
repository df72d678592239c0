/** What these scripts print for the person who runs them: short lines, in plain words. */

const tty = process.stdout.isTTY === true;
const paint = (code, text) => (tty && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text);

export const bold = (text) => paint(1, text);
export const dim = (text) => paint(2, text);
export const green = (text) => paint(32, text);
export const red = (text) => paint(31, text);

export function say(line = '') {
  process.stdout.write(`${line}\n`);
}

/** A piece of work that takes long enough to be announced. */
export function step(line) {
  say(`${dim('•')} ${line}`);
}

/** `4.2 s` or `3 min 05 s`. */
export function duration(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * One line that counts up: rewritten in place on a terminal, and printed about every ten per cent
 * where there is none (a log file should not grow by 261 lines).
 */
export function progress(label) {
  let lastTenth = -1;
  return {
    update(done, total) {
      const percent = Math.floor((100 * done) / total);
      const text = `  ${label}: ${done} of ${total} (${percent} %)`;
      if (tty) return void process.stdout.write(`\r\x1b[K${text}`);
      const tenth = Math.floor(percent / 10);
      if (tenth > lastTenth) say(text);
      lastTenth = tenth;
    },
    end() {
      if (tty) process.stdout.write('\r\x1b[K');
    },
  };
}
