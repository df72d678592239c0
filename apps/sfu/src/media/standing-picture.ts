import type { types } from 'mediasoup';
import { Reminder } from './reminder.ts';

/** Milliseconds without a picture after which a key frame is asked for anew, and between two such requests at most. */
const FIRST_MS = 2000;
const MOST_MS = 16_000;

/**
 * [DEMAND-5] Asks for a key frame as long as nothing of a picture passes that is to pass. The worker asks twice for the one
 * that a layer begins with, and a browser asks for none where nothing has come for five seconds: if both of them went
 * astray (an encoder that is just being made passes over them), the picture would stand for ever.
 */
export function mendStanding(consumer: types.Consumer, ask: (consumer: types.Consumer) => void): void {
  if (consumer.type !== 'simulcast') return;
  const reminder = new Reminder(() => ask(consumer), FIRST_MS, MOST_MS);
  const look = () => reminder.set(isStanding(consumer));
  consumer.on('layerschange', look);
  consumer.on('score', look);
  consumer.observer.on('pause', look);
  consumer.observer.on('resume', look);
  consumer.observer.once('close', look);
  look();
}

function isStanding({ closed, paused, producerPaused, currentLayers, score }: types.Consumer): boolean {
  if (closed || paused || producerPaused) return false;
  return currentLayers === undefined || score.producerScore === 0;
}
