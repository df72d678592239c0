import type { InventedCommunity } from './invented.ts';

export const PRACTICES: readonly InventedCommunity[] = [
  {
    slug: 'securite-alimentaire',
    name: 'Sécurité alimentaire',
    description:
      'Comptoirs, cuisines collectives, jardins et transformation : on partage les coups de main, les fournisseurs et les recettes de financement.',
    joining: 'request',
    offers: ['Plans de cuisine collective', 'Contacts chez les producteurs', 'Formation en salubrité'],
    seeks: ['Un camion réfrigéré à partager', 'Des bénévoles pour l’automne'],
    meeting: 'Cercle sécurité alimentaire',
    time: '13:30',
    minutes: 75,
    about: 'Un cas apporté par un organisme, regardé par les autres.',
    past: [
      {
        theme: 'surplus d’automne',
        days: -44,
        messages: [
          'Nos surplus de carottes partent vendredi, dites-moi si vous en voulez.',
          'On en prendrait quatre caisses, si le transport s’arrange.',
          'Le réseau de transport passe chez vous jeudi matin, je les appelle.',
          'Parfait. Je note les quantités.',
        ],
        notes: ['Surplus : quatre caisses de carottes, transport jeudi matin.'],
      },
      {
        theme: 'salubrité',
        days: -23,
        messages: [
          'Pour la salubrité, la prochaine formation est en ligne.',
          'Est-ce qu’elle vaut aussi pour les bénévoles d’un soir ?',
          'Oui, une personne formée par équipe suffit.',
        ],
        notes: ['Formation : une personne par équipe, on s’inscrit ensemble pour le tarif de groupe.'],
      },
      {
        theme: 'un camion réfrigéré à plusieurs',
        days: -2,
        messages: [
          'Nous l’utiliserions deux jours par semaine.',
          'Chez nous, le mercredi seulement.',
          'Qui porterait l’assurance ?',
          'La communauté Transport collectif a demandé trois prix, je leur écris.',
        ],
        notes: [
          'Camion réfrigéré : trois organismes intéressés, on compare les coûts d’ici la prochaine rencontre.',
          'Assurance : voir avec la communauté Transport collectif.',
        ],
      },
    ],
    coming: [
      { theme: 'les coûts du camion', days: 1, capacity: 8 },
      { theme: 'jardins collectifs', days: 15 },
      { theme: 'bilan de saison', days: 43, capacity: 40 },
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
    time: '09:00',
    minutes: 120,
    about: 'Où en sont les projets, et ce qui les bloque.',
    past: [
      {
        theme: 'un règlement municipal',
        days: -51,
        messages: [
          'Le conseil a adopté le règlement hier soir.',
          'Bravo. Est-ce qu’on peut le lire quelque part ?',
          'Je vous l’envoie, il a été écrit pour une petite municipalité.',
        ],
        notes: ['Règlement adopté : le texte circule, à adapter par chaque municipalité.'],
      },
      {
        theme: 'coûts d’infrastructure',
        days: -29,
        messages: [
          'Chez nous, ce sont les coûts d’infrastructure qui bloquent.',
          'Même chose ici : l’aqueduc coûte plus que la maison.',
          'Est-ce que le ministère viendrait nous entendre ?',
          'Je l’invite pour la rencontre du printemps.',
        ],
        notes: ['Coûts d’infrastructure : inviter quelqu’un du ministère.'],
      },
      {
        theme: 'le 1er juillet',
        days: -6,
        messages: [
          'Deux familles attendent encore.',
          'Nous avons un quatre et demie qui se libère en mai.',
          'Merci, je vous appelle cet après-midi.',
        ],
        notes: [
          'Deux familles sans logement pour l’été : un quatre et demie se libère en mai, suivi par la table.',
        ],
      },
    ],
    coming: [
      { theme: 'projets de petite taille', days: 2 },
      { theme: 'le ministère répond', days: 23 },
      { theme: 'bilan de saison', days: 51, capacity: 40 },
    ],
  },
  {
    slug: 'transport-collectif',
    name: 'Transport collectif',
    description:
      'Se déplacer sans voiture dans un grand territoire : navettes, covoiturage, transport adapté.',
    joining: 'open',
    offers: ['Horaires partagés', 'Expérience du covoiturage entre villages'],
    seeks: ['Des chauffeurs bénévoles', 'Une assurance commune'],
    meeting: 'Navettes et covoiturage',
    time: '15:00',
    minutes: 60,
    about: 'On ajuste les trajets de la saison.',
    past: [
      {
        theme: 'trajets d’hiver',
        days: -31,
        messages: [
          'La navette du mercredi est pleine depuis deux semaines.',
          'On pourrait la doubler avec le covoiturage du soir.',
        ],
        notes: ['Mercredi : la navette est pleine, essai d’un second départ à 16 h.'],
      },
      {
        theme: 'second départ du mercredi',
        days: -17,
        messages: [
          'Il me manque un chauffeur à partir de 16 h.',
          'Je demande à notre équipe, réponse vendredi.',
          'Une personne retraitée de chez nous le ferait.',
        ],
        notes: ['Second départ : une personne trouvée, il en faut une pour la remplacer.'],
      },
      {
        theme: 'une assurance commune',
        days: -3,
        messages: [
          'J’ai reçu deux des trois prix.',
          'Est-ce que le transport de denrées est compris ?',
          'Dans un des deux. Je demande pour l’autre.',
        ],
        notes: ['Assurance commune : deux prix reçus, le troisième cette semaine.'],
      },
    ],
    coming: [
      { theme: 'choisir l’assurance', days: 6 },
      { theme: 'trajets du printemps', days: 20 },
      { theme: 'bilan de saison', days: 48, capacity: 40 },
    ],
  },
  {
    slug: 'jeunesse',
    name: 'Jeunesse et persévérance',
    description:
      'Maisons de jeunes, écoles et carrefours : ce qui aide les jeunes à rester, à revenir et à prendre leur place.',
    joining: 'open',
    offers: ['Ateliers pour les 12 à 17 ans', 'Mentorat'],
    seeks: ['Des lieux pour l’été', 'Des idées pour les villages sans école secondaire'],
    meeting: 'Cercle jeunesse',
    time: '10:30',
    minutes: 75,
    about: 'Une réussite, une difficulté, une idée.',
    past: [
      {
        theme: 'des lieux à soi',
        days: -57,
        messages: [
          'Nos jeunes ont repeint le local eux-mêmes, je vous montre une photo la prochaine fois.',
          'Comment avez-vous financé la peinture ?',
          'Une quincaillerie de la place a tout donné.',
        ],
        notes: ['Local repeint par les jeunes, matériel donné.'],
      },
      {
        theme: 'après l’école',
        days: -28,
        messages: [
          'Chez nous, c’est le retour après l’école qui est difficile : pas d’autobus.',
          'Parlez-en à la communauté Transport collectif, on y cherche des exemples.',
        ],
        notes: ['Autobus du soir : voir avec la communauté Transport collectif.'],
      },
      {
        theme: 'mentorat',
        days: -7,
        messages: [
          'Six jumelages tiennent depuis septembre.',
          'Comment trouvez-vous les mentors ?',
          'Par les aînés du village, surtout.',
        ],
        notes: ['Mentorat : six jumelages ; demander à la communauté Personnes aînées.'],
      },
    ],
    coming: [
      { theme: 'des idées pour l’été', days: 4 },
      { theme: 'rester, partir, revenir', days: 32 },
      { theme: 'bilan de saison', days: 60, capacity: 40 },
    ],
  },
  {
    slug: 'aines-proches-aidants',
    name: 'Personnes aînées et proches aidantes',
    description:
      'Rompre l’isolement, donner du répit, vieillir chez soi : des pratiques simples, échangées en confiance.',
    joining: 'invitation',
    offers: ['Visites d’amitié', 'Groupes de répit'],
    seeks: ['Des bénévoles pour les appels du matin', 'De la documentation en anglais'],
    meeting: 'Café des proches aidantes',
    time: '14:00',
    minutes: 60,
    about: 'En confiance : ce qui se dit ici reste ici.',
    past: [
      {
        theme: 'les appels du matin',
        days: -38,
        messages: [
          'Les appels du matin rejoignent maintenant trente personnes.',
          'C’est beau. Combien de bénévoles faut-il ?',
          'Six, une heure chacun par semaine.',
        ],
        notes: ['Appels du matin : trente personnes, six bénévoles.'],
      },
      {
        theme: 'le répit',
        days: -20,
        messages: ['Une fin de semaine par mois changerait tout.', 'Nous aimerions l’essayer chez nous.'],
        notes: ['Un groupe de répit de plus commence en janvier.'],
      },
      {
        theme: 'vieillir chez soi',
        days: -5,
        messages: [
          'Le plus difficile, ce sont les marches l’hiver.',
          'Notre équipe du vendredi pelle pour douze personnes.',
        ],
        notes: ['Déneigement entre voisins : l’idée circule.'],
      },
    ],
    coming: [
      { theme: 'prendre soin de soi', days: 8 },
      { theme: 'parler de la mort', days: 22 },
      { theme: 'bilan de saison', days: 50, capacity: 40 },
    ],
  },
];
