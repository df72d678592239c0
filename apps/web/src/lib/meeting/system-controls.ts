/** What the system shows of a meeting, beside the page: on the lock screen, in its list of sounds, on a headset's keys. */
export interface SystemControls {
  tell(now: { title: string; microphone: boolean; camera: boolean }): void;
  close(): void;
}

export interface SystemActions {
  microphone: () => void;
  camera: () => void;
  hangUp: () => void;
}

/** Not among the actions that every browser has, and in no type library yet. */
type CallAction = 'togglemicrophone' | 'togglecamera' | 'hangup';

/** [PHONE-7] Where the browser has no media session, or not an action of it, nothing happens. */
export function createSystemControls(
  { microphone, camera, hangUp }: SystemActions,
  session: MediaSession | undefined = globalThis.navigator?.mediaSession,
): SystemControls {
  const handle = (action: CallAction, handler: (() => void) | null) => {
    try {
      session?.setActionHandler(action as MediaSessionAction, handler);
    } catch {
      // A browser throws at an action that it does not know.
    }
  };
  handle('togglemicrophone', microphone);
  handle('togglecamera', camera);
  handle('hangup', hangUp);

  /** Older browsers give nothing back, or lack it. */
  const say = (tell: 'setMicrophoneActive' | 'setCameraActive', isActive: boolean) => {
    try {
      const told: Promise<void> | undefined = session?.[tell]?.(isActive);
      told?.catch(() => undefined);
    } catch {
      // What the system shows is a comfort.
    }
  };

  return {
    tell({ title, microphone: isHeard, camera: isSeen }) {
      if (!session) return;
      session.metadata = new MediaMetadata({ title, artist: 'Relais' });
      session.playbackState = 'playing';
      say('setMicrophoneActive', isHeard);
      say('setCameraActive', isSeen);
    },
    close() {
      for (const action of ['togglemicrophone', 'togglecamera', 'hangup'] as const) handle(action, null);
      if (!session) return;
      session.metadata = null;
      session.playbackState = 'none';
    },
  };
}
