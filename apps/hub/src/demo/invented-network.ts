import type { InventedCommunity } from './invented.ts';

/** Everybody's: all members are in it. */
export const NETWORK: InventedCommunity = {
  slug: 'reseau-du-nord',
  name: 'Réseau du développement social du Nord',
  description:
    'Le réseau réunit les personnes qui travaillent au développement social dans toute la région, souvent seules dans leur village ou leur métier. On s’y présente, on y annonce les formations et on y prépare les rencontres annuelles.',
  joining: 'request',
  offers: ['Animation de rencontres', 'Montage de projets', 'Rédaction de demandes de fonds'],
  seeks: ['Des partenaires pour un projet', 'De l’aide pour évaluer un projet'],
  meeting: 'Rencontre du réseau',
  time: '10:00',
  minutes: 90,
  about: 'Les nouvelles de chaque territoire, puis un thème choisi ensemble.',
  past: [
    {
      theme: 'se présenter',
      days: -63,
      messages: [
        'Bonjour tout le monde, je vous rejoins depuis le centre communautaire.',
        'Première rencontre pour moi : je viens d’arriver au Témiscamingue.',
        'Bienvenue. Écrivez-moi, je connais bien le coin.',
        'Est-ce que le répertoire des membres est à jour ?',
        'J’ai ajouté ce que je peux offrir, cela prend deux minutes.',
      ],
      notes: [
        'Quatre nouvelles personnes se sont présentées.',
        'Chacun complète son profil : ce qu’on peut offrir, ce qu’on cherche.',
      ],
    },
    {
      theme: 'la mesure de soutien',
      days: -35,
      messages: [
        'Est-ce que quelqu’un a déjà travaillé avec la nouvelle mesure de soutien ?',
        'Oui, chez nous depuis l’automne. Je peux en parler dix minutes.',
        'Je dépose la grille dans les notes.',
        'Merci, c’est exactement ce qu’il nous manquait.',
        'Ma connexion est lente, je continue au téléphone.',
      ],
      notes: [
        'La mesure de soutien : trois organismes l’ont obtenue, la grille circule.',
        'Demander tôt : la réponse prend huit semaines.',
        'À faire avant la suite : chacun note une question.',
      ],
    },
    {
      theme: 'nouvelles des territoires',
      days: -8,
      messages: [
        'En Abitibi-Ouest, deux nouvelles ressources ouvrent cet hiver.',
        'Chez nous, un poste est à pourvoir. Je vous envoie l’affichage.',
        'Je le fais suivre à notre équipe.',
        'On prépare la rencontre annuelle à la prochaine ?',
        'D’accord, j’apporte une ébauche du programme.',
      ],
      notes: [
        'Tour des territoires : deux nouvelles ressources en Abitibi-Ouest, un poste à pourvoir au Témiscamingue.',
        'Rencontre annuelle : une ébauche du programme la prochaine fois.',
      ],
    },
  ],
  coming: [
    { theme: 'préparer la rencontre annuelle', days: 3 },
    { theme: 'mesurer ce que l’on change', days: 31 },
    { theme: 'bilan de saison', days: 59, capacity: 40 },
  ],
};
