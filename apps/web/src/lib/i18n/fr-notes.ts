export const frNotes = {
  headingPlenary: 'Notes de la plénière',
  headingRoom: (name: string) => `Notes de la salle ${name}`,
  /** What the field is for, to whom it is read out. */
  hint: 'Toutes les personnes ici écrivent dans ce texte. Il reste après la fermeture de la salle.',
  placeholder: 'Idées, décisions, questions à rapporter…',
  views: 'Quelles notes afficher',
  here: 'Notes d’ici',
  harvest: 'Récolte',
  states: {
    reading: 'Lecture des notes…',
    saved: 'Enregistré',
    saving: 'Enregistrement…',
    offline: 'Pas encore enregistré\u00a0: coupure réseau. Vous pouvez continuer à écrire.',
    offlineRead: 'Coupure réseau\u00a0: les notes des autres arriveront au retour de la connexion.',
    storeAway: 'Pas encore enregistré\u00a0: le serveur ne répond pas pour le moment. Un nouvel essai suit.',
    full: 'Ce texte est plein (200\u00a0000 caractères)\u00a0: vos derniers ajouts ne sont pas enregistrés. Raccourcissez-le pour continuer.',
    refused: 'Vos derniers ajouts n’ont pas pu être enregistrés. Copiez-les pour ne pas les perdre.',
  },
  backSaved: 'La connexion est revenue\u00a0: tout est enregistré.',
  elsewhere:
    'Ce que vous avez écrit dans une autre salle n’est pas encore enregistré\u00a0: il y sera remis dès que possible.',
  elsewhereLost:
    'Ce que vous avez écrit dans une autre salle n’a pas pu y être remis\u00a0: vous n’y êtes plus depuis trop longtemps.',
  gathering: (done: number, of: number) => `Lecture de la récolte\u00a0: ${done} sur ${of}`,
  harvestFailed: 'La récolte n’a pas pu être lue. Vérifiez votre connexion, puis essayez de nouveau.',
  harvestEmpty: 'Rien n’a encore été noté.',
  harvestRunning: 'Des salles sont ouvertes\u00a0: leurs notes peuvent encore changer.',
  refresh: 'Actualiser',
  copy: 'Copier',
  copied: 'La récolte est copiée.',
  notCopied: 'La copie n’a pas fonctionné. Téléchargez le texte.',
  downloadMd: 'Télécharger (.md)',
  downloadTxt: 'Télécharger (.txt)',
  withMessages: 'Avec les messages des salles',
  document: (title: string) => `Récolte – ${title}`,
  plenary: 'Plénière',
  round: (number: number) => `Ronde ${number}`,
  running: 'en cours',
  nothing: '(aucune note)',
  messages: 'Messages',
};

export type NotesWords = typeof frNotes;
