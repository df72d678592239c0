import type { LineMode } from '@relais/domain';

export const frLight = {
  choose: 'Ce que la rencontre utilisera de votre connexion',
  modes: {
    full: { name: 'Tout', what: 'Le son, et les images en mouvement.' },
    small: {
      name: 'Petites images',
      what: 'Les images sont moins nettes, et seule bouge celle de qui parle.',
    },
    light: {
      name: 'Mode léger',
      what: 'Le son et les messages, presque pas de données. Un écran partagé arrive en images fixes.',
    },
  } satisfies Record<LineMode, { name: string; what: string }>,
  entered: 'Mode léger : le son et les messages passent, votre caméra reste fermée.',
  stillAlt: (name: string, time: string) => `Écran de ${name}, image de ${time}`,
  stillAt: (time: string) => `Image de ${time}`,
  stillWaiting: 'L’image de l’écran partagé arrive…',
  leave: 'Reprendre les images',
};

export type LightWords = typeof frLight;
