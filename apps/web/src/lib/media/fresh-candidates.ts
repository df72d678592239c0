const seen = new WeakSet<RTCPeerConnection>();

/**
 * From the next restart of ICE on, the node's candidates are told to this connection with a higher priority than before.
 * Chromium goes on with the way it has for as long as that seems to work, two and a half seconds after the last packet that
 * came over it, unless another one is better; equal ones are not. So what is found after a restart, which has been tried just
 * now, is better than what is from before it (measured: after a change of network the new way was there 0.2 s after the
 * restart, and taken 2 s later). Which of the node's candidates is preferred stays as it was.
 * `restarted`: now, and after each restart, with what the node is described by from then on.
 */
export function preferFresh(
  connection: RTCPeerConnection,
  restarted: (sdp: string) => void = () => undefined,
): void {
  if (seen.has(connection)) return;
  seen.add(connection);
  const { localDescription: local, remoteDescription: remote } = connection;
  let known = userOf(local?.type === 'offer' ? local.sdp : remote?.sdp);
  let restarts = 0;
  restarted(remote?.sdp ?? '');
  const original = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = async (description: RTCSessionDescriptionInit) => {
    const { type, sdp } = description;
    // Who offers begins a restart; what answers it may be as before.
    const user = userOf(type === 'offer' ? sdp : connection.localDescription?.sdp);
    const isRestart = known !== undefined && user !== known;
    if (isRestart) restarts += 1;
    known = user;
    const raised = sdp && withRaised(sdp, restarts);
    await original({ ...description, ...(raised && { sdp: raised }) });
    if (isRestart && raised) restarted(raised);
  };
}

/** ICE's name for one end, which is another after each restart. */
const userOf = (sdp: string | undefined) => /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '')?.[1];

/** The description with every candidate's priority raised by so much. */
export function withRaised(sdp: string, by: number): string {
  return sdp.replace(
    /^(a=candidate:\S+ \d+ \S+) (\d+) /gm,
    (_line, head: string, priority: string) => `${head} ${Number(priority) + by} `,
  );
}
