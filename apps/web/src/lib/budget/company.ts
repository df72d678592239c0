import { producerOf, type Company } from '@relais/domain';
import type { LiveState, MeetingPresent, ParticipantId } from '@relais/protocol';
import { layerFor, TOP_LAYER } from '../media/layer-choice.ts';
import { gridFor, mostTiles, spotlightFor, type Box } from '../stage/layout.ts';

/** The bars above and below the stage take about so much of a window's height. */
const BARS = 150;

/**
 * [DATA-1] A meeting of so many people as it would be shown in this window: as many pictures as have a place on a page, in the
 * layer that fits their tiles. Who is expected and not there yet is taken to send a picture.
 */
export function companyAhead(
  present: MeetingPresent,
  { people, window, ownCamera }: { people: number; window: Box; ownCamera: boolean },
): Company {
  const cameras = Math.min(people - 1, present.cameras + Math.max(0, people - 1 - present.people));
  const screen = present.screens > 0;
  const stage = { width: window.width, height: Math.max(0, window.height - BARS) };
  const most = mostTiles(window, 'auto');
  const { tile, perPage } = screen ? spotlightFor(people, stage, most).strip : gridFor(people, stage, most);
  const shown = Math.min(cameras, Math.max(1, perPage - (screen ? 0 : 1)));
  const isLarge = layerFor(tile.width) === TOP_LAYER;
  return { people, large: isLarge ? shown : 0, small: isLarge ? 0 : shown, screen, ownCamera };
}

/** A meeting that one is in, and what of it is on the screen. */
export interface CompanySight {
  self: ParticipantId;
  live: LiveState;
  /** Widths of the tiles in CSS pixels. */
  tiles: ReadonlyMap<ParticipantId, number>;
  ownCamera: boolean;
}

/** The meeting that one is in, as it is shown now. */
export function companyNow({ self, live, tiles, ownCamera }: CompanySight): Company {
  const others = (Object.keys(live) as ParticipantId[]).filter((id) => id !== self && live[id]?.connected);
  const sends = (id: ParticipantId, source: 'camera' | 'screen') => {
    const producer = producerOf(live, id, source);
    return producer !== undefined && !producer.paused;
  };
  const layers = others.flatMap((id) => {
    const width = tiles.get(id);
    return width === undefined || !sends(id, 'camera') ? [] : layerFor(width);
  });
  const large = layers.filter((layer) => layer === TOP_LAYER).length;
  return {
    people: others.length + 1,
    large,
    small: layers.length - large,
    screen: others.some((id) => sends(id, 'screen')),
    ownCamera,
  };
}
