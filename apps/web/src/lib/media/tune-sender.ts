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

/** The best layer, from 0, that each of two has a use for: others (`taken`; null: nobody), and one's own line. */
interface LayerBounds {
  taken: number | null;
  line: number;
}

const UNBOUND: LayerBounds = { taken: Infinity, line: Infinity };
const boundsOf = new WeakMap<RTCRtpSender, LayerBounds>();

/**
 * [DEMAND-1] Sends the layers up to the lower of both bounds; what is not named stays as it was said last. Where nobody
 * takes any, nothing is encoded and no packet leaves. A layer that begins again begins with a key frame by itself.
 */
export function sendLayers(sender: RTCRtpSender, bounds: Partial<LayerBounds>): Promise<void> {
  boundsOf.set(sender, { ...(boundsOf.get(sender) ?? UNBOUND), ...bounds });
  return tuneSender(sender, ({ encodings }) => {
    const { taken, line } = boundsOf.get(sender) ?? UNBOUND;
    const isActive = (index: number) => taken !== null && index <= Math.min(taken, line);
    const changed = encodings.some(({ active }, index) => active !== isActive(index));
    encodings.forEach((encoding, index) => (encoding.active = isActive(index)));
    return changed;
  });
}
