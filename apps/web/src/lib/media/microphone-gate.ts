import { hearSilence } from './hear-silence.ts';
import { createSilenceGate, type SilenceGate, type StopSending } from './silence-gate.ts';

/** What shuts a microphone into which nobody speaks: it comes after what joining needs [LINE-10] [SHELL-1]. */
export const openMicrophoneGate = (stopSending: StopSending): SilenceGate =>
  createSilenceGate(hearSilence, stopSending);
