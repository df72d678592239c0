interface Address {
  searchParams: { get: (name: string) => string | null };
}

/** What a link that was sent holds; null where it was broken on its way, as mail programs do. */
export function linkTokenIn({ searchParams }: Address): string | null {
  const token = searchParams.get('jeton')?.trim() ?? '';
  return /^[A-Za-z0-9_-]{16,64}$/.test(token) ? token : null;
}
