export const frBoard = {
  heading: 'Sous-groupes',
  none: 'Il n’y a pas de sous-groupes pour le moment.',
  broad: 'Agrandir',
  narrow: 'Réduire',
  here: 'vous y êtes',
};

export type BoardWords = typeof frBoard;
