export const frGroups = {
  inRoom: 'Vous êtes dans la salle',
  inPlenary: 'Vous êtes en plénière',
  rooms: 'Salles',
};

export type GroupsWords = typeof frGroups;
