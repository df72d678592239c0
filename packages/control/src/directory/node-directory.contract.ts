import { nodeId, type NodeAnnouncement, type NodeDirectory } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

export const announcementOf = (id: string, consumers = 0, draining = false): NodeAnnouncement => ({
  nodeId: nodeId.parse(id),
  controlUrl: 'http://127.0.0.1:44300',
  draining,
  load: { workers: 2, capacity: 1000, consumers, peers: 0 },
});

/** Waits until a directory lists exactly these. */
export async function listed(directory: NodeDirectory, wanted: readonly NodeAnnouncement[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stop = directory.watch((nodes) => {
    if (JSON.stringify(nodes) === JSON.stringify(wanted)) resolve(undefined);
  });
  await promise;
  stop();
}

/** What every directory of nodes must do. `open` gives another handle on the same one; `empty` an empty one. */
export function nodeDirectoryContract(
  name: string,
  { open, empty }: { open: () => Promise<NodeDirectory>; empty: () => Promise<void> },
): void {
  describe(`${name} as a directory of nodes`, () => {
    let hub: NodeDirectory;
    let one: NodeDirectory;
    let other: NodeDirectory;
    beforeEach(async () => {
      await empty();
      [hub, one, other] = await Promise.all([open(), open(), open()]);
    });
    afterEach(() => Promise.all([hub, one, other].map((each) => each.close())));

    it('tells what it knows at once: nothing at first, then the nodes that are announced', async () => {
      const seen: (readonly NodeAnnouncement[])[] = [];
      hub.watch((nodes) => seen.push(nodes));
      expect(seen).toEqual([[]]);
      one.announce(() => announcementOf('a'));
      await listed(hub, [announcementOf('a')]);
      let late: readonly NodeAnnouncement[] | undefined;
      hub.watch((nodes) => (late = nodes));
      expect(late).toEqual([announcementOf('a')]);
    });

    it('lists all nodes, for nodes as for hubs, in one order', async () => {
      other.announce(() => announcementOf('b'));
      one.announce(() => announcementOf('a'));
      for (const each of [hub, one, other]) await listed(each, [announcementOf('a'), announcementOf('b')]);
    });

    it('says again what a node carries and that it drains', async () => {
      let now = announcementOf('a');
      one.announce(() => now);
      await listed(hub, [now]);
      now = announcementOf('a', 12);
      await listed(hub, [now]);
      now = announcementOf('a', 13, true);
      one.announce(() => now);
      await listed(hub, [now]);
    });

    it('lists no longer what was withdrawn; withdrawing what is not there is no error', async () => {
      one.announce(() => announcementOf('a'));
      other.announce(() => announcementOf('b'));
      await listed(hub, [announcementOf('a'), announcementOf('b')]);
      await one.withdraw();
      await one.withdraw();
      await hub.withdraw();
      await listed(hub, [announcementOf('b')]);
    });

    it('lists no longer, after a few seconds, who went without a word', async () => {
      one.announce(() => announcementOf('a'));
      other.announce(() => announcementOf('b'));
      await listed(hub, [announcementOf('a'), announcementOf('b')]);
      await one.close();
      await listed(hub, [announcementOf('b')]);
    }, 15_000);

    it('tells nothing to who has left, and closes as often as asked', async () => {
      const left = vi.fn();
      hub.watch(left)();
      one.announce(() => announcementOf('a'));
      await listed(hub, [announcementOf('a')]);
      expect(left).toHaveBeenCalledTimes(1);
      await Promise.all([hub.close(), hub.close()]);
    });
  });
}
