/**
 * How much higher each restart's candidates are than those of the one before: what leads nowhere has a place between them. Ports
 * apart from the node's own, at which nothing is to be expected.
 */
const STEP = 2;
const NOWHERE = [2001, 2002, 2003];
const LAST_PORT = 65_535;

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
    const raised = sdp && withRaised(sdp, restarts * STEP);
    const told = isRestart && raised ? withNowhere(raised) : raised;
    await original({ ...description, ...(told && { sdp: told }) });
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

/**
 * The description with three more candidates for each that is reached by UDP, which lead nowhere and are better than all that was
 * before the restart. A way that Chromium finds is the node's too once it is told so, in a check that is sent after an answer
 * has come. Over a new way Chromium sends three checks, 62 ms apart, and the next 0.9 s later: where the first answer takes longer
 * than those three, everything that is received waits for that (measured: an answer after 180 ms, sound after 1.8 s). It
 * sends them over all ways in turn, so that with three more they last for 0.7 s; what leads nowhere is dropped as soon as a way
 * was found, after a packet or two.
 */
export function withNowhere(sdp: string): string {
  return sdp.replace(
    /^(a=candidate:\S+)( \d+ udp )(\d+) (\S+) (\d+)( typ host.*)$/gm,
    (own, head: string, kind: string, priority: string, address: string, port: string, rest: string) => {
      const sign = Number(port) + Math.max(...NOWHERE) > LAST_PORT ? -1 : 1;
      const others = NOWHERE.map(
        (apart) =>
          `${head}nowhere${apart}${kind}${Number(priority) - 1} ${address} ${Number(port) + sign * apart}${rest}`,
      );
      return [own, ...others].join('\r\n');
    },
  );
}
