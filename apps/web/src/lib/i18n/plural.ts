/** The form of a sentence that a count asks for, by the rules of a language (in French, 0 is singular). */
export function pluralOf(tag: string) {
  const rules = new Intl.PluralRules(tag);
  return (n: number, forms: { one: string; other: string }): string =>
    rules.select(n) === 'one' ? forms.one : forms.other;
}
