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

interface Sight {
  here: string;
  /** Who is where one is, and who is in the meeting. */
  peopleHere: readonly Named[];
  people: readonly Named[];
}

/**
 * What became of who is here, to be told in one sentence: who came, else who went, into the meeting or between its rooms.
 * Undefined: nobody did.
 */
export function whatBecame(before: Sight, now: Sight) {
  const { arrived, departed } = comings(before.peopleHere, now.peopleHere);
  const isRoom = now.here !== 'plenary';
  if (arrived.length > 0) {
    const isNew = comings(before.people, now.people).arrived.some((name) => arrived.includes(name));
    return { what: isNew ? 'arrived' : isRoom ? 'cameHere' : 'cameToPlenary', names: arrived } as const;
  }
  if (departed.length > 0) {
    const isGone = comings(before.people, now.people).departed.some((name) => departed.includes(name));
    return { what: isGone ? 'departed' : isRoom ? 'wentElsewhere' : 'leftPlenary', names: departed } as const;
  }
  return undefined;
}
