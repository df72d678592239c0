/**
 * What the demonstration is made of. All of it is invented: names of people are put together from common first and family names by a
 * fixed seed, organisations do not exist, and addresses end in a domain that nobody can have (RFC 2606).
 */
export const FIRST_NAMES = [
  'Adèle',
  'Alexis',
  'Amélie',
  'Antoine',
  'Béatrice',
  'Benoît',
  'Camille',
  'Charles',
  'Chloé',
  'Clément',
  'Daphné',
  'Denis',
  'Élise',
  'Émile',
  'Fabienne',
  'Florent',
  'Gabrielle',
  'Guillaume',
  'Hélène',
  'Hugo',
  'Inès',
  'Jacob',
  'Josiane',
  'Julien',
  'Karine',
  'Laurence',
  'Louis',
  'Maïka',
  'Marguerite',
  'Mathieu',
  'Mélodie',
  'Nathan',
  'Noémie',
  'Olivier',
  'Pascale',
  'Rémi',
  'Rosalie',
  'Samuel',
  'Solange',
  'Sylvain',
  'Thérèse',
  'Tristan',
  'Valérie',
  'Victor',
  'Yolande',
  'Zoé',
];
export const FAMILY_NAMES = [
  'Arsenault',
  'Beaulieu',
  'Bélanger',
  'Bergeron',
  'Boucher',
  'Caron',
  'Cloutier',
  'Côté',
  'Deschênes',
  'Désilets',
  'Dubé',
  'Fortier',
  'Gagné',
  'Gendron',
  'Girard',
  'Hamel',
  'Jolicoeur',
  'Lachance',
  'Lacroix',
  'Lafleur',
  'Lapointe',
  'Lavoie',
  'Leblanc',
  'Lemieux',
  'Marcotte',
  'Mercier',
  'Morin',
  'Ouellet',
  'Paquette',
  'Pelletier',
  'Poirier',
  'Rivard',
  'Robitaille',
  'Savard',
  'Simard',
  'Thibault',
  'Turcotte',
  'Vachon',
];

export const TERRITORIES = [
  'Abitibi',
  'Abitibi-Ouest',
  'La Vallée-de-l’Or',
  'Rouyn-Noranda',
  'Témiscamingue',
];

export const ORGANISATIONS = [
  'Maison des familles du Lac-Clair',
  'Carrefour jeunesse des Épinettes',
  'Comptoir alimentaire Le Pain partagé',
  'Centre d’action bénévole de la Grande-Pointe',
  'Office d’habitation des Trois-Lacs',
  'Table logement du Nord',
  'Corporation de développement des Cantons',
  'Réseau transport Les Aurores',
  'Cuisine collective La Marmite',
  'Maison de la jeunesse de Val-Boréal',
  'Entraide des aînés de la Baie',
  'Centre de ressources L’Éclaircie',
  'Municipalité de Sainte-Odette-du-Lac',
  'École de la Rivière-aux-Pins',
  'Friperie Le Second Souffle',
];

export interface InventedCommunity {
  slug: string;
  name: string;
  description: string;
  joining: 'open' | 'request' | 'invitation';
  /** What its members can offer, and look for. */
  offers: readonly string[];
  seeks: readonly string[];
  meeting: string;
  about: string;
  messages: readonly string[];
  notes: readonly string[];
}

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
  about: 'Les nouvelles de chaque territoire, puis un thème choisi ensemble.',
  messages: [
    'Bonjour tout le monde, je vous rejoins depuis le centre communautaire.',
    'Est-ce que quelqu’un a déjà travaillé avec la nouvelle mesure de soutien ?',
    'Oui, chez nous depuis l’automne. Je peux en parler dix minutes à la prochaine rencontre.',
    'Je dépose le lien vers la grille dans les notes.',
    'Merci, c’est exactement ce qu’il nous manquait.',
    'On garde le premier mardi pour la suite ?',
  ],
  notes: [
    'Tour des territoires : deux nouvelles ressources en Abitibi-Ouest, un poste à pourvoir au Témiscamingue.',
    'La mesure de soutien : présentation de dix minutes à la prochaine rencontre.',
    'À faire avant : chacun note une question à l’avance.',
  ],
};

export const PRACTICES: readonly InventedCommunity[] = [
  {
    slug: 'securite-alimentaire',
    name: 'Sécurité alimentaire',
    description:
      'Comptoirs, cuisines collectives, jardins et transformation : on partage les coups de main, les fournisseurs et les recettes de financement.',
    joining: 'open',
    offers: ['Plans de cuisine collective', 'Contacts chez les producteurs', 'Formation en salubrité'],
    seeks: ['Un camion réfrigéré à partager', 'Des bénévoles pour l’automne'],
    meeting: 'Cercle sécurité alimentaire',
    about: 'Un cas apporté par un organisme, regardé par les autres.',
    messages: [
      'Nos surplus de carottes partent vendredi, dites-moi si vous en voulez.',
      'On en prendrait quatre caisses, si le transport s’arrange.',
      'Le réseau de transport passe chez vous jeudi matin, je les appelle.',
      'Parfait. Je note les quantités dans les notes.',
      'Pour la salubrité, la prochaine formation est en ligne.',
    ],
    notes: [
      'Surplus : quatre caisses de carottes, transport jeudi matin.',
      'Camion réfrigéré : trois organismes intéressés, on compare les coûts d’ici la prochaine rencontre.',
    ],
  },
  {
    slug: 'logement',
    name: 'Logement',
    description:
      'Offices, comités de locataires et municipalités cherchent ensemble comment loger tout le monde, aussi en pleine rareté.',
    joining: 'request',
    offers: ['Accompagnement de locataires', 'Modèles de règlements municipaux'],
    seeks: ['Des exemples de projets de petite taille', 'Des chiffres à jour sur la rareté'],
    meeting: 'Table logement',
    about: 'Où en sont les projets, et ce qui les bloque.',
    messages: [
      'Le conseil a adopté le règlement hier soir !',
      'Bravo. Est-ce qu’on peut le lire quelque part ?',
      'Je vous l’envoie, il a été écrit pour une petite municipalité.',
      'Chez nous, ce sont les coûts d’infrastructure qui bloquent.',
      'Deux familles attendent encore pour le 1er juillet.',
    ],
    notes: [
      'Règlement adopté : le texte circule, à adapter par chaque municipalité.',
      'Coûts d’infrastructure : inviter quelqu’un du ministère.',
      'Deux familles sans logement pour l’été : suivi par la table.',
    ],
  },
  {
    slug: 'transport-collectif',
    name: 'Transport collectif',
    description:
      'Se déplacer sans voiture dans un grand territoire : navettes, covoiturage, transport adapté.',
    joining: 'open',
    offers: ['Horaires partagés', 'Expérience du covoiturage entre villages'],
    seeks: ['Des chauffeurs bénévoles', 'Une assurance commune'],
    meeting: 'Navettes et covoiturage',
    about: 'On ajuste les trajets de la saison.',
    messages: [
      'La navette du mercredi est pleine depuis deux semaines.',
      'On pourrait la doubler avec le covoiturage du soir.',
      'Il me manque un chauffeur à partir de 16 h.',
      'Je demande à notre équipe, réponse vendredi.',
    ],
    notes: [
      'Mercredi : la navette est pleine, essai d’un second départ à 16 h.',
      'Assurance commune : demander trois prix.',
    ],
  },
  {
    slug: 'jeunesse',
    name: 'Jeunesse et persévérance',
    description:
      'Maisons de jeunes, écoles et carrefours : ce qui aide les jeunes à rester, à revenir et à prendre leur place.',
    joining: 'open',
    offers: ['Ateliers pour les 12 à 17 ans', 'Mentorat'],
    seeks: ['Des lieux pour l’été', 'Des idées pour les villages sans école secondaire'],
    meeting: 'Cercle jeunesse',
    about: 'Une réussite, une difficulté, une idée.',
    messages: [
      'Nos jeunes ont repeint le local eux-mêmes, je vous montre une photo la prochaine fois.',
      'Comment avez-vous financé la peinture ?',
      'Une quincaillerie de la place a tout donné.',
      'Chez nous, c’est le retour après l’école qui est difficile : pas d’autobus.',
      'Parlez-en à la communauté du transport, ils cherchent des exemples.',
    ],
    notes: [
      'Local repeint par les jeunes, matériel donné.',
      'Autobus du soir : voir avec la communauté Transport collectif.',
    ],
  },
  {
    slug: 'aines-proches-aidants',
    name: 'Personnes aînées et proches aidantes',
    description:
      'Rompre l’isolement, donner du répit, vieillir chez soi : des pratiques simples, échangées en confiance.',
    joining: 'invitation',
    offers: ['Visites d’amitié', 'Groupes de répit'],
    seeks: ['Des bénévoles pour les appels du matin', 'De la documentation en anglais'],
    meeting: 'Café des proches aidantes',
    about: 'En confiance : ce qui se dit ici reste ici.',
    messages: [
      'Les appels du matin rejoignent maintenant trente personnes.',
      'C’est beau. Combien de bénévoles faut-il ?',
      'Six, une heure chacun par semaine.',
      'Nous aimerions essayer la même chose chez nous.',
    ],
    notes: ['Appels du matin : trente personnes, six bénévoles.', 'Un groupe de plus commence en janvier.'],
  },
];
