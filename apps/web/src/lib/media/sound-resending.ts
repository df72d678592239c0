import type { Transport } from 'mediasoup-client/types';
import { connectionOf } from './packet-time.ts';

/** Whether lost sound is asked for again, by connection. */
const asked = new WeakMap<RTCPeerConnection, { isOn: boolean }>();

/**
 * Whether packets of sound that were lost on the way here are asked for again (NACK): a help where the air loses them, and
 * ruin where the line is full, for every one of them fills it more (measured at 64 kbit/s: 300 packets a second sent again,
 * and 97 % of speech missing). Off to begin with. To be followed by a negotiation, in which it comes into force: Chromium takes
 * it from the description, for streams that are there already too.
 */
export function setSoundResending(recv: Transport, isOn: boolean): void {
  const connection = connectionOf(recv);
  // Where it is hidden, sound is asked for again always.
  if (connection) askedOf(connection).isOn = isOn;
}

function askedOf(connection: RTCPeerConnection): { isOn: boolean } {
  const known = asked.get(connection);
  if (known) return known;
  const made = { isOn: false };
  asked.set(connection, made);
  const original = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = (description: RTCSessionDescriptionInit) =>
    original({
      ...description,
      ...(description.sdp && !made.isOn && { sdp: withoutSoundResending(description.sdp) }),
    });
  return made;
}

/** The description without what asks for lost sound again; pictures keep theirs. */
export function withoutSoundResending(sdp: string): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) =>
      section.startsWith('m=audio') ? section.replace(/^a=rtcp-fb:\d+ nack *\r?\n/gm, '') : section,
    )
    .join('');
}
