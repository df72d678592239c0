/** The smallest page that joins the bare media server: one's own camera first, then a click does the rest. */
import { connectBare, joinBare } from '../../load/bare-participant.ts';
import { CAPTURE } from '../../load/sending.ts';

const room = new URLSearchParams(location.search).get('room') ?? 'bench';
const button = document.querySelector<HTMLButtonElement>('#join')!;
const stream = await navigator.mediaDevices.getUserMedia(CAPTURE);
document.querySelector<HTMLVideoElement>('#self')!.srcObject = stream;
const socket = await connectBare(location.origin);
button.disabled = false;
button.addEventListener('click', () => {
  button.disabled = true;
  void joinBare({ socket, room, stream, onTrack });
});

function onTrack(track: MediaStreamTrack): void {
  const element = document.createElement(track.kind === 'video' ? 'video' : 'audio');
  element.srcObject = new MediaStream([track]);
  element.autoplay = true;
  if (element instanceof HTMLVideoElement) element.muted = element.playsInline = true;
  document.querySelector('#remote')!.append(element);
}
