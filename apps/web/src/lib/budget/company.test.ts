import { hourlyCost } from '@relais/domain';
import type { LiveState, ParticipantId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { companyAhead, companyNow } from './company.ts';

const ana = 'ana' as ParticipantId;
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };
const ahead = (people: number, window = WIDE, present = { people: 0, cameras: 0, screens: 0 }) =>
  companyAhead(present, { people, window, ownCamera: true });

describe('a meeting as it would be on this screen [DATA-1]', () => {
  it('has large pictures on a wide screen while there are few, small ones when there are many, and a page of them at most', () => {
    expect(ahead(3)).toMatchObject({ large: 2, small: 0 });
    expect(ahead(25)).toMatchObject({ large: 0, small: 24 });
    expect(ahead(300).small).toBeLessThan(30);
    expect(ahead(6, PHONE)).toMatchObject({ large: 0 });
    expect(hourlyCost(0, ahead(6, PHONE)).down).toBeLessThan(hourlyCost(0, ahead(6)).down);
  });

  it('counts the cameras that are on, and one for each who is expected and not there yet', () => {
    const present = { people: 5, cameras: 2, screens: 0 };
    expect(ahead(6, WIDE, present).large).toBe(2);
    expect(ahead(8, WIDE, present)).toMatchObject({ people: 8, large: 0, small: 4 });
  });

  it('knows a screen that is shared: faces are small beside it', () => {
    const present = { people: 5, cameras: 5, screens: 1 };
    expect(ahead(6, WIDE, present)).toMatchObject({ screen: true, large: 0 });
  });
});

describe('a meeting that one is in [DATA-1]', () => {
  const camera = { producerId: 'c', source: 'camera', paused: false };
  const live = {
    ana: { connected: true, producers: [camera] },
    ben: { connected: true, producers: [camera] },
    eva: { connected: true, producers: [{ ...camera, paused: true }] },
    ian: { connected: false, producers: [camera] },
    zoe: { connected: true, producers: [camera, { ...camera, source: 'screen' }] },
  } as unknown as LiveState;

  it('counts what is sent and has a tile, in the layer of its width, and nothing of who is cut off', () => {
    const tiles = new Map([
      ['ana', 300],
      ['ben', 700],
      ['eva', 700],
      ['ian', 700],
    ] as [ParticipantId, number][]);
    const now = companyNow({ self: ana, live, tiles, ownCamera: false });
    expect(now).toEqual({ people: 4, large: 1, small: 0, screen: true, ownCamera: false });
    expect(companyNow({ self: ana, live, tiles: new Map([['zoe' as ParticipantId, 200]]), ownCamera: true })).toEqual({
      people: 4, large: 0, small: 1, screen: true, ownCamera: true,
    }); // prettier-ignore
  });
});
