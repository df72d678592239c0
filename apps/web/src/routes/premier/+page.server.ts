import { error } from '@sveltejs/kit';
import { askDoor } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const door = await askDoor(event);
  if (!door) error(503, 'The hub does not answer', { kind: 'hubAway' });
  return { isOpen: door.isFirst };
};
