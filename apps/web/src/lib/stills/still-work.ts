/** All of what makes and brings still images: fetched when the first is needed. */
export { watchScreen } from './look-at-screen.ts';
export { createStillPuller } from './still-puller.ts';
export { createStillSender } from './still-sender.ts';
