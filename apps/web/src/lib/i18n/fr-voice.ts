/** Speaking to all rooms at once [VOICE-1]. */
export const frVoice = {
  speak: 'Parler à toutes les salles',
  how: 'Maintenez pour parler.',
  keys: 'Ou gardez enfoncées Ctrl+Maj+Espace.',
  starting: 'Un instant…',
  letGo: 'Relâchez pour terminer.',
  youSpeak: 'Vous parlez à toutes les salles',
  failed: 'Les salles ne vous ont pas entendu. Réessayez.',
  /** Several at once are named together. */
  speaks: (names: string, count: number) =>
    count > 1 ? `${names} parlent à toutes les salles` : `${names} parle à toutes les salles`,
};

export type VoiceWords = typeof frVoice;
