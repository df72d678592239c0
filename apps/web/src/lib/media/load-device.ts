import type { Device, HandlerFactory } from 'mediasoup-client/types';
import { ROUTER_CAPABILITIES } from '@relais/protocol/router-capabilities';
import { unreachable } from '@relais/kit';
import { toClientCapabilities } from './client-shapes.ts';
import { handlerFor, type HandlerName } from './handler-choice.ts';
import { withoutSoundFeedback } from './spared-feedback.ts';

/**
 * mediasoup-client with the one handler that this browser needs, fetched apart from the page: the preview shows
 * before it. Undefined when the browser cannot do WebRTC as we need it.
 */
export async function loadDevice(): Promise<Device | undefined> {
  const name = typeof RTCPeerConnection === 'undefined' ? undefined : handlerFor(navigator.userAgent);
  if (!name) return undefined;
  const [mediasoup, handlerFactory] = await Promise.all([import('mediasoup-client'), loadHandler(name)]);
  const device = new mediasoup.Device({ handlerFactory });
  await device.load({
    routerRtpCapabilities: toClientCapabilities(withoutSoundFeedback(ROUTER_CAPABILITIES)),
  });
  return device;
}

async function loadHandler(name: HandlerName): Promise<HandlerFactory> {
  switch (name) {
    case 'Chrome111':
      return (await import('mediasoup-client/handlers/Chrome111')).Chrome111.createFactory({});
    case 'Firefox120':
      return (await import('mediasoup-client/handlers/Firefox120')).Firefox120.createFactory({});
    case 'Safari12':
      return (await import('mediasoup-client/handlers/Safari12')).Safari12.createFactory({});
    default:
      return unreachable(name);
  }
}
