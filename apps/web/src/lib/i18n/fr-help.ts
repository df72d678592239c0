export const frHelp = {
  lightOffered: (name: string) =>
    `${name} vous propose le mode léger : votre connexion est fragile, et le son passera mieux sans les images.`,
  takeLight: 'Passer en mode léger',
  noThanks: 'Non merci',
  telephoneOffered: (name: string) => `${name} vous propose de continuer par téléphone :`,
  helpTo: (name: string) => `Aider ${name}`,
  offerLight: 'Proposer le mode léger',
  offerTelephone: 'Donner le numéro de téléphone',
  sent: (name: string) => `C’est proposé à ${name}.`,
  notSent: (name: string) => `La proposition n’a pas pu être remise à ${name}. Vous pouvez réessayer.`,
};

export type HelpWords = typeof frHelp;
