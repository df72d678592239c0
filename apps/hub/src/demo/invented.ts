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

/** What people say of themselves who ask to be taken in. */
export const WORDS_WITH_REQUESTS = [
  'Je viens de commencer dans mon poste et je cherche des collègues à qui parler.',
  'Nous ouvrons un projet semblable au printemps, et j’aimerais apprendre du vôtre.',
] as const;

/** A meeting that was: what it was about, what was written in it, and what was noted. */
export interface InventedMeeting {
  theme: string;
  /** From now, less than none where it was; days on which few work are passed over. */
  days: number;
  messages: readonly string[];
  notes: readonly string[];
}

export interface InventedCommunity {
  slug: string;
  name: string;
  description: string;
  joining: 'open' | 'request' | 'invitation';
  /** What its members can offer, and look for. */
  offers: readonly string[];
  seeks: readonly string[];
  /** Of every meeting, before its theme. */
  meeting: string;
  /** By the clock on the wall. */
  time: string;
  minutes: number;
  about: string;
  past: readonly InventedMeeting[];
  coming: readonly { theme: string; days: number; capacity?: number }[];
}
