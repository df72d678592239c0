import { askDoor } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  sendsMail: (await askDoor(event))?.sendsMail ?? true,
});
