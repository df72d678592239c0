/** For who runs the meeting: its door, and what may be done with somebody. */
export const frDoor = {
  heading: 'Animer la rencontre',
  lock: 'Verrouiller la rencontre',
  lockedHint: 'Personne de nouveau ne peut entrer. Qui est là peut revenir après une coupure.',
  openHint: 'Les personnes qui y ont accès peuvent entrer.',
  whoMayEnter: 'Choisir qui peut entrer, inviter sans compte',
  actionsFor: (name: string) => `Actions pour ${name}`,
  close: {
    microphone: 'Fermer son micro',
    camera: 'Fermer sa caméra',
    screen: 'Arrêter son partage d’écran',
  },
  closed: {
    microphone: (name: string) => `${name} : micro fermé`,
    camera: (name: string) => `${name} : caméra fermée`,
    screen: (name: string) => `${name} : partage d’écran arrêté`,
  },
  invite: 'Inviter à ouvrir son micro',
  invited: (name: string) => `${name} : invitation envoyée`,
  remove: 'Retirer de la rencontre…',
  removing: (name: string) => `Retirer ${name} de la rencontre ?`,
  whatHappens:
    'Cette personne sort tout de suite : son micro, sa caméra et son partage d’écran se ferment. Un message lui dit que l’animation a mis fin à sa participation, et elle ne peut pas revenir tant que vous ne le permettez pas.',
  whatIsKnown:
    'Relais la reconnaît à son navigateur. Pour que personne n’entre d’un autre appareil, verrouillez aussi la rencontre.',
  lockToo: 'Verrouiller aussi la rencontre',
  confirm: 'Retirer',
  cancel: 'Annuler',
  removed: (name: string) => `${name} n’est plus dans la rencontre.`,
  removedAndLocked: (name: string) => `${name} n’est plus dans la rencontre, qui est verrouillée.`,
  removedHeading: 'Personnes retirées',
  removedAt: (time: string) => `à ${time}`,
  letBack: 'Laisser revenir',
  mayComeBack: (name: string) => `${name} peut revenir dans la rencontre.`,
  failed: 'La demande n’a pas reçu de réponse. Vérifiez votre connexion, puis réessayez.',
};

export type DoorWords = typeof frDoor;
