import type { HubId, MediaFact } from '@relais/protocol';
import { HUB_GRACE_MS, MAX_HUB_FACTS } from '../limits.ts';
import { Outbox } from './outbox.ts';

/** The line of a hub, as far as facts are concerned. */
export interface HubLine {
  tellMedia(fact: MediaFact, done?: () => void): void;
}

/** A fact so large that it closes the line is told no more often than this. */
const MAX_TELLINGS = 2;

interface Hub {
  line: HubLine | undefined;
  facts: Outbox<MediaFact>;
  grace: ReturnType<typeof setTimeout> | undefined;
}

/**
 * The hubs that are told what becomes of peers and consumers. A hub asks after a break which of its peers are missing, but
 * nobody would ask for a consumer that closed: what a hub has not acknowledged is told again when it comes back.
 */
export class Hubs {
  readonly #hubs = new Map<HubId, Hub>();
  #draining = false;

  attach(hubId: HubId, line: HubLine): void {
    const hub = this.#hubs.get(hubId) ?? this.#add(hubId);
    clearTimeout(hub.grace);
    hub.line = line;
    hub.facts.attach((fact, done) => line.tellMedia(fact, done));
  }

  /** After `attach`, when the hub is ready to hear. */
  catchUp(hubId: HubId): void {
    this.#hubs.get(hubId)?.facts.catchUp();
  }

  detach(hubId: HubId, line: HubLine): void {
    const hub = this.#hubs.get(hubId);
    if (!hub || hub.line !== line) return; // A newer line has taken its place.
    hub.line = undefined;
    hub.facts.detach();
    hub.grace = setTimeout(() => this.#hubs.delete(hubId), HUB_GRACE_MS);
    hub.grace.unref();
  }

  tell(fact: MediaFact): void {
    if (fact.type === 'draining') this.#draining = true;
    for (const { line, facts } of this.#hubs.values()) {
      if (fact.type === 'levels') {
        // Stale in a moment: not told twice.
        line?.tellMedia(fact);
        continue;
      }
      if (facts.size >= MAX_HUB_FACTS) facts.forgetOldest();
      facts.tell(fact);
    }
  }

  close(): void {
    for (const { grace } of this.#hubs.values()) clearTimeout(grace);
    this.#hubs.clear();
  }

  /** One that was not there when it was said has to know all the same that nobody is to stay here. */
  #add(hubId: HubId): Hub {
    const hub: Hub = { line: undefined, facts: new Outbox(MAX_TELLINGS), grace: undefined };
    if (this.#draining) hub.facts.tell({ type: 'draining' });
    this.#hubs.set(hubId, hub);
    return hub;
  }
}
