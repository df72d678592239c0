import { describe, expect, it } from 'vitest';
import {
  addBytes,
  allBytes,
  countTraffic,
  NO_BYTES,
  NO_TRAFFIC,
  packetHeader,
  socketBytes,
  type TrafficCount,
} from './traffic.ts';

const count = (id: string, up: number, down: number, weight = 1): TrafficCount => ({ id, up, down, weight });
const UDP = { isTcp: false, isIpv6: false, isRelayed: false };

/** All that was counted over these looks. */
function counted(...looks: TrafficCount[][]) {
  let memory = NO_TRAFFIC;
  let total = NO_BYTES;
  for (const look of looks) {
    const next = countTraffic(memory, look);
    memory = next.memory;
    total = addBytes(total, next.added);
  }
  return total;
}

describe('what a meeting used [DATA-2]', () => {
  it('is what each connection carried since it was last looked at', () => {
    expect(counted([count('a', 100, 1000)], [count('a', 150, 1500), count('b', 7, 9)])).toEqual({
      up: 157,
      down: 1509,
    });
  });

  it('goes on when a connection begins anew, under another name or under the same', () => {
    expect(counted([count('a', 100, 1000)], [count('b', 5, 6)])).toEqual({ up: 105, down: 1006 });
    expect(counted([count('a', 100, 1000)], [count('a', 5, 6)])).toEqual({ up: 105, down: 1006 });
  });

  it('is not counted twice when a browser leaves a connection out of one of its answers', () => {
    expect(counted([count('a', 100, 1000)], [], [count('a', 100, 1000)])).toEqual({ up: 100, down: 1000 });
  });

  it('weighs packets by the header of the way that they take now, and never takes anything away', () => {
    const looks = [[count('packets', 10, 10, 48)], [count('packets', 20, 20, 28)]];
    expect(counted(...looks)).toEqual({ up: 10 * 48 + 10 * 28, down: 10 * 48 + 10 * 28 });
  });

  it('remembers a bounded number of connections, those of late', () => {
    let memory = NO_TRAFFIC;
    for (let i = 0; i < 500; i += 1)
      memory = countTraffic(memory, [count('stays', i, i), count(`${i}`, 1, 1)]).memory;
    expect(memory.size).toBeLessThanOrEqual(66);
    expect(countTraffic(memory, [count('stays', 500, 500)]).added).toEqual({ up: 1, down: 1 });
  });

  it('forgets none of what is there now, however much that is: a machine may have many addresses', () => {
    const many = Array.from({ length: 500 }, (_, i) => count(`${i}`, 1000, 1000));
    expect(counted(many, many, many)).toEqual({ up: 500_000, down: 500_000 });
  });

  it('never falls, and misses only what a connection carried between the last look and its end', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const chance = chanceFrom(seed * 7919);
      let [memory, total, seen, unseen, generation, carried] = [NO_TRAFFIC, 0, 0, 0, 0, NO_BYTES];
      for (let second = 0; second < 500; second += 1) {
        if (chance() < 0.03) [generation, carried, unseen] = [generation + 1, NO_BYTES, 0];
        const more = { up: Math.floor(chance() * 9000), down: Math.floor(chance() * 90_000) };
        carried = addBytes(carried, more);
        unseen += allBytes(more);
        const isLeftOut = chance() < 0.1;
        const next = countTraffic(
          memory,
          isLeftOut ? [] : [count(`${generation}`, carried.up, carried.down)],
        );
        memory = next.memory;
        expect(allBytes(next.added)).toBeGreaterThanOrEqual(0);
        total += allBytes(next.added);
        if (!isLeftOut) [seen, unseen] = [seen + unseen, 0];
        expect(total, `seed ${seed}, second ${second}`).toBe(seen);
      }
    }
  });
});

describe('what stands around it on the line [DATA-2]', () => {
  it('is 28 bytes for a datagram of IP version 4, more in version 6, in TCP and through a relay', () => {
    expect(packetHeader(UDP)).toBe(28);
    expect(packetHeader({ ...UDP, isIpv6: true })).toBe(48);
    expect(packetHeader({ ...UDP, isTcp: true })).toBe(54);
    expect(packetHeader({ ...UDP, isRelayed: true })).toBe(32);
  });

  it('of the socket: a header for each frame and its acknowledgement, records of TLS, and its opening', () => {
    const none = { frames: NO_BYTES, bytes: NO_BYTES, openings: 0 };
    expect(socketBytes(none, true)).toEqual(NO_BYTES);
    const ping = { frames: { up: 1, down: 1 }, bytes: { up: 1, down: 1 }, openings: 0 };
    expect(socketBytes(ping, false)).toEqual({ up: 1 + 6 + 104, down: 1 + 2 + 104 });
    expect(socketBytes(ping, true).up - socketBytes(ping, false).up).toBe(22);
    const image = { frames: { up: 0, down: 1 }, bytes: { up: 0, down: 14_000 }, openings: 0 };
    expect(socketBytes(image, false).down).toBeGreaterThan(14_000 + 10 * 52);
  });
});

/** Numbers from 0 to 1, the same for the same seed. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
