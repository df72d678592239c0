import type { PeerId, ProducerDemand, ProducerId } from '@relais/protocol';
import { Reminder } from './reminder.ts';
import { isLess } from './takers.ts';
import type { Taken } from './takers.ts';

/**
 * Milliseconds for which less has to be wanted before it is told. A rise is told at once, as somebody waits for a picture.
 * A fall saves upload only, and one that is taken back costs a key frame and an encoder that begins anew: so a page that
 * is turned back, a window that is being resized, and a listener who reloads (two or three seconds) are waited for.
 */
export const FALL_MS = 4000;
/** Milliseconds of silence of what is taken after which its sender is told again, and between two times at most. */
export const SILENT_MS = 3000;
const SILENT_MOST_MS = 48_000;

interface DemandDeps {
  /** What is taken of it on its router at this moment; undefined: nobody has it. */
  best(id: ProducerId): Taken | undefined;
  tell(peerId: PeerId, demands: ProducerDemand[]): void;
}

interface Watched {
  readonly peerId: PeerId;
  /** Its best layer. */
  readonly top: number;
  paused: boolean;
  /** What its sender was told last, or begins with: all. */
  told: Taken;
  seen: Taken;
  falling: ReturnType<typeof setTimeout> | undefined;
  isSilent: boolean;
  /** [DEMAND-5] Tells again what its sender may not have heard, or a browser not done. */
  readonly again: Reminder;
}

/** [DEMAND-1] What the senders of one router are told of what others take. Facts of one turn are one for each peer. */
export class Demand {
  readonly #deps: DemandDeps;
  readonly #watched = new Map<ProducerId, Watched>();
  readonly #toTell = new Map<PeerId, Set<ProducerId>>();

  constructor(deps: DemandDeps) {
    this.#deps = deps;
  }

  opened(id: ProducerId, peerId: PeerId, layers: number, paused: boolean): void {
    const top = Math.max(0, layers - 1);
    const told = { told: top, seen: top, falling: undefined };
    const again = new Reminder(() => this.#noteIfThere(id), SILENT_MS, SILENT_MOST_MS);
    this.#watched.set(id, { peerId, top, paused, ...told, isSilent: false, again });
    this.look(id);
  }

  /** Whether any packet of it comes. */
  silent(id: ProducerId, isSilent: boolean): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    watched.isSilent = isSilent;
    this.#mind(watched);
  }

  paused(id: ProducerId, paused: boolean): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    watched.paused = paused;
    this.look(id);
  }

  ended(ids: Iterable<ProducerId>): void {
    for (const id of ids) {
      const watched = this.#watched.get(id);
      clearTimeout(watched?.falling);
      watched?.again.set(false);
      this.#watched.delete(id);
    }
  }

  /** What is taken of it may have changed. */
  look(id: ProducerId): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    const wanted = this.#wanted(id, watched);
    const isLower = isLess(wanted, watched.seen);
    watched.seen = wanted;
    if (!isLess(wanted, watched.told)) {
      clearTimeout(watched.falling);
      watched.falling = undefined;
      if (wanted !== watched.told) this.#tell(id, watched, wanted);
    } else if (isLower || !watched.falling) this.#fall(id, watched);
    this.#mind(watched);
  }

  #mind({ isSilent, paused, told, again }: Watched): void {
    again.set(isSilent && !paused && told !== null);
  }

  /** All that a peer sends, for whoever may have missed what was told. */
  tellAgain(peerId: PeerId): void {
    for (const [id, watched] of this.#watched) if (watched.peerId === peerId) this.#note(id, watched);
  }

  close(): void {
    this.ended([...this.#watched.keys()]);
  }

  /**
   * [DEMAND-2] What is paused is wanted: nothing of it is sent, and whoever is unmuted is to be heard from the first
   * syllable, without a word from here coming first.
   */
  #wanted(id: ProducerId, { paused, top }: Watched): Taken {
    if (paused) return top;
    const best = this.#deps.best(id) ?? null;
    return best === null ? null : Math.min(best, top);
  }

  #fall(id: ProducerId, watched: Watched): void {
    clearTimeout(watched.falling);
    watched.falling = setTimeout(() => {
      watched.falling = undefined;
      this.#tell(id, watched, watched.seen);
      this.#mind(watched);
    }, FALL_MS);
    watched.falling.unref();
  }

  #tell(id: ProducerId, watched: Watched, wanted: Taken): void {
    watched.told = wanted;
    this.#note(id, watched);
  }

  #noteIfThere(id: ProducerId): void {
    const watched = this.#watched.get(id);
    if (watched) this.#note(id, watched);
  }

  #note(id: ProducerId, { peerId }: Watched): void {
    if (this.#toTell.size === 0) queueMicrotask(() => this.#tellAll());
    const ids = this.#toTell.get(peerId) ?? new Set();
    this.#toTell.set(peerId, ids.add(id));
  }

  #tellAll(): void {
    const all = [...this.#toTell];
    this.#toTell.clear();
    for (const [peerId, ids] of all) {
      const demands = [...ids].flatMap((producerId): ProducerDemand[] => {
        const watched = this.#watched.get(producerId);
        return watched ? [{ producerId, spatialLayer: watched.told }] : [];
      });
      if (demands.length > 0) this.#deps.tell(peerId, demands);
    }
  }
}
