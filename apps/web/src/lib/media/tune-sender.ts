const last = new WeakMap<RTCRtpSender, Promise<void>>();

/**
 * Milliseconds that a change is waited for. A browser may answer with the next picture that it encodes, and where all layers
 * are off there is none: what comes after must not wait for that, or a picture would never begin again.
 */
const ANSWER_MS = 500;

/**
 * Changes how something is sent, without negotiating anew; `change` edits what the sender has now and says whether it
 * did. One at a time for each sender, whoever asks: what two read at once, only one of them may write.
 */
export function tuneSender(
  sender: RTCRtpSender,
  change: (parameters: RTCRtpSendParameters) => boolean,
): Promise<void> {
  const tuned = (last.get(sender) ?? Promise.resolve()).then(() =>
    Promise.race([write(sender, change), late(ANSWER_MS)]),
  );
  last.set(
    sender,
    tuned.catch(() => undefined),
  );
  return tuned;
}

async function write(
  sender: RTCRtpSender,
  change: (parameters: RTCRtpSendParameters) => boolean,
): Promise<void> {
  const parameters = sender.getParameters();
  if (!change(parameters)) return;
  try {
    await sender.setParameters(parameters);
  } catch {
    // A late answer to the one before makes the browser forget what was read: it is read once more.
    const again = sender.getParameters();
    if (change(again)) await sender.setParameters(again);
  }
}

const late = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The best layer, from 0, that each of two has a use for: others (`taken`; null: nobody), and one's own line (-1: no room). */
interface LayerBounds {
  taken: number | null;
  line: number;
}

const UNBOUND: LayerBounds = { taken: Infinity, line: Infinity };
const boundsOf = new WeakMap<RTCRtpSender, LayerBounds>();

/** Milliseconds after each writing that has changed nothing. */
const AGAIN_MS = [250, 500, 1000, 2000, 4000];

/**
 * [DEMAND-1] Sends the layers up to the lower of both bounds; what is not named stays as it was said last. Where nobody
 * takes any, nothing is encoded and no packet leaves. A layer that begins again begins with a key frame by itself, and no
 * layer begins without those below it: Chromium gives them other sizes then. A browser that refuses is asked again
 * [DEMAND-5]: others wait for that picture.
 */
export async function sendLayers(sender: RTCRtpSender, bounds: Partial<LayerBounds>): Promise<void> {
  boundsOf.set(sender, { ...(boundsOf.get(sender) ?? UNBOUND), ...bounds });
  let refused = new Error('the layers stay as they are');
  for (const wait of [...AGAIN_MS, 0]) {
    await tuneSender(sender, (parameters) => setActive(sender, parameters)).catch((error: unknown) => {
      if (error instanceof Error) refused = error;
    });
    if (!setActive(sender, sender.getParameters())) return;
    if (wait > 0) await late(wait);
  }
  throw refused;
}

/** Makes those active that are to be; false: they are already. */
function setActive(sender: RTCRtpSender, { encodings }: RTCRtpSendParameters): boolean {
  const { taken, line } = boundsOf.get(sender) ?? UNBOUND;
  const isActive = (index: number) => taken !== null && index <= Math.min(taken, line);
  const changed = encodings.some(({ active }, index) => active !== isActive(index));
  encodings.forEach((encoding, index) => (encoding.active = isActive(index)));
  return changed;
}
