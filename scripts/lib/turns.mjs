/**
 * Several that work at once and are read one after another: answers, for each of `count`, `{ write, end }`.
 * What one writes goes to `out` at once while it is its turn, and is kept until then before; `end`
 * gives the turn to the next. Who comes after one that never ends is not read.
 */
export function takeTurns(count, out) {
  const kept = Array.from({ length: count }, () => ({ text: '', ended: false }));
  let turn = 0;
  const goOn = () => {
    while (kept[turn]?.ended) {
      turn += 1;
      out(kept[turn]?.text ?? '');
    }
  };
  return kept.map((own, index) => ({
    write(text) {
      if (index === turn) out(text);
      else own.text += text;
    },
    end() {
      own.ended = true;
      goOn();
    },
  }));
}
