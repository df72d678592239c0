import type { HubBus } from '../ports/hub-bus.ts';
import type { HubMetrics } from './hub-metrics.ts';

/** The same bus; what is said and heard is counted, with the time that it took. */
export function measuredHubBus(
  bus: HubBus,
  metrics: Pick<HubMetrics, 'busSent' | 'busReceived' | 'busDelayed'>,
): HubBus {
  return {
    hubId: bus.hubId,
    get isUp() {
      return bus.isUp;
    },
    publish(envelope) {
      metrics.busSent();
      bus.publish(envelope);
    },
    subscribe: (listener) =>
      bus.subscribe({
        changed: (isUp) => listener.changed(isUp),
        message(envelope) {
          metrics.busReceived();
          metrics.busDelayed((Date.now() - envelope.at) / 1000);
          listener.message(envelope);
        },
      }),
    close: () => bus.close(),
  };
}
