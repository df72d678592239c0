/** In which page what is received is to be played, which is that of its connection; what is not here, in ours. */
export const homeOf = new WeakMap<MediaStreamTrack, Document>();
