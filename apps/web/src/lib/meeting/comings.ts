interface Named {
  participantId: string;
  name: string;
}

/** The names of who came and who went between two lists. */
export function comings(before: readonly Named[], after: readonly Named[]) {
  return { arrived: missingFrom(before, after), departed: missingFrom(after, before) };
}

function missingFrom(list: readonly Named[], others: readonly Named[]): string[] {
  const known = new Set(list.map((person) => person.participantId));
  return others.filter((person) => !known.has(person.participantId)).map((person) => person.name);
}
