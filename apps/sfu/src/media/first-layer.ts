import type { types } from 'mediasoup';

/** mediasoup takes the highest that there is. */
const HIGHEST = 7;

/**
 * Consumers of a camera that has just begun. A browser stops its larger layer again within the first second when line or
 * computer carry less than it began with; the worker notices two seconds later, and who waits for a key frame of that layer
 * sees nothing until then (measured after a worker's death, with three browsers on two cores: one death in ten). So the
 * smallest comes first, which is always sent, and the one that is wanted as soon as a picture is there.
 */
export class FirstLayers {
  /** Of those that have shown nothing yet: the layer that is wanted. */
  readonly #wanted = new WeakMap<types.Consumer, number>();

  /** What it is to be opened with. */
  static readonly smallest: types.ConsumerLayers = { spatialLayer: 0 };

  /** To be called in the turn in which the consumer was made; `layer`: the wanted one, where that is known already. */
  begin(consumer: types.Consumer, layer = HIGHEST): void {
    if (consumer.type !== 'simulcast') return;
    this.#wanted.set(consumer, layer);
    const shown = (layers: types.ConsumerLayers | undefined) => {
      const wanted = this.#wanted.get(consumer);
      if (!layers || wanted === undefined) return;
      this.#wanted.delete(consumer);
      consumer.off('layerschange', shown);
      // One that is closed meanwhile is refused by the worker, and needs no layer.
      if (wanted > 0) consumer.setPreferredLayers({ spatialLayer: wanted }).catch(() => undefined);
    };
    consumer.on('layerschange', shown);
  }

  prefer(consumer: types.Consumer, spatialLayer: number): Promise<void> {
    if (!this.#wanted.has(consumer)) return consumer.setPreferredLayers({ spatialLayer });
    this.#wanted.set(consumer, spatialLayer);
    return Promise.resolve();
  }
}
