import type { GroupsWords } from './fr-groups.ts';

export const enGroups: GroupsWords = {
  inRoom: 'You are in the room',
  inPlenary: 'You are in the plenary',
  rooms: 'Rooms',
};
