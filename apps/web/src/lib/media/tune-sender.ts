const last = new WeakMap<RTCRtpSender, Promise<void>>();

/**
 * Changes how something is sent, without negotiating anew; `change` edits what the sender has now and says whether it
 * did. One at a time for each sender, whoever asks: what two read at once, only one of them may write.
 */
export function tuneSender(
  sender: RTCRtpSender,
  change: (parameters: RTCRtpSendParameters) => boolean,
): Promise<void> {
  const tuned = (last.get(sender) ?? Promise.resolve()).then(async () => {
    const parameters = sender.getParameters();
    if (change(parameters)) await sender.setParameters(parameters);
  });
  const settled = tuned.catch(() => undefined);
  last.set(sender, settled);
  return tuned;
}

/**
 * [DEMAND-1] Sends the layers up to `top`, the smallest being 0; null: none, so that nothing is encoded and no packet
 * leaves. A layer that begins again begins with a key frame by itself.
 */
export function sendLayers(sender: RTCRtpSender, top: number | null): Promise<void> {
  return tuneSender(sender, ({ encodings }) => {
    const isActive = (index: number) => top !== null && index <= top;
    const changed = encodings.some(({ active }, index) => active !== isActive(index));
    encodings.forEach((encoding, index) => (encoding.active = isActive(index)));
    return changed;
  });
}
