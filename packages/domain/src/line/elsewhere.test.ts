import { describe, expect, it } from 'vitest';
import { hasLeft, haveChanged } from './elsewhere.ts';

const at = (address: string | undefined, type = 'host', relatedAddress?: string) => ({
  type,
  address,
  relatedAddress,
});

describe('[BACK-5] a device has left the network', () => {
  it('when the address that it speaks from is none of its own any more, and it has another', () => {
    expect(hasLeft(at('192.0.2.7'), ['198.51.100.3'])).toBe(true);
    expect(hasLeft(at('192.0.2.7'), ['198.51.100.3', '192.0.2.7'])).toBe(false);
    expect(hasLeft(at('2001:db8::7'), ['2001:db8:1::3'])).toBe(true);
  });

  it('not while it has no other: there is nowhere to go yet', () => {
    expect(hasLeft(at('192.0.2.7'), [])).toBe(false);
    expect(hasLeft(at('192.0.2.7'), ['127.0.0.1', '::1'])).toBe(false);
  });

  it('as its own address says, not the one that a router shows to the world', () => {
    expect(hasLeft(at('203.0.113.9', 'prflx', '192.0.2.7'), ['192.0.2.7'])).toBe(false);
    expect(hasLeft(at('203.0.113.9', 'prflx', '192.0.2.7'), ['198.51.100.3'])).toBe(true);
    expect(hasLeft(at('203.0.113.9', 'prflx'), ['198.51.100.3'])).toBeUndefined();
  });

  it('is not known by a relay, nor where the browser keeps its addresses to itself', () => {
    expect(hasLeft(at('203.0.113.9', 'relay', '192.0.2.7'), ['198.51.100.3'])).toBeUndefined();
    expect(hasLeft(at('5f0c1ab2.local'), ['198.51.100.3'])).toBeUndefined();
    expect(hasLeft(at('192.0.2.7'), ['5f0c1ab2.local'])).toBeUndefined();
    expect(hasLeft(at(undefined), ['198.51.100.3'])).toBeUndefined();
  });
});

describe('[BACK-5] a device whose connections are bound to none of its addresses', () => {
  const wifi = ['127.0.0.1', '192.0.2.7'];

  it('has left its network when it has other addresses than before', () => {
    expect(haveChanged(wifi, ['127.0.0.1', '198.51.100.3'])).toBe(true);
    expect(haveChanged(wifi, [...wifi].reverse())).toBe(false);
  });

  it('takes another way too when one came beside the former, or one of two went', () => {
    expect(haveChanged(wifi, [...wifi, '198.51.100.3'])).toBe(true);
    expect(haveChanged([...wifi, '198.51.100.3'], wifi)).toBe(true);
  });

  it('stays while it has no other: there is nowhere to go yet', () => {
    expect(haveChanged(wifi, [])).toBe(false);
    expect(haveChanged(wifi, ['127.0.0.1'])).toBe(false);
  });

  it('is not known to have left where the browser keeps addresses to itself, or kept them when it was asked before', () => {
    expect(haveChanged([], ['198.51.100.3'])).toBeUndefined();
    expect(haveChanged(['5f0c1ab2.local'], ['198.51.100.3'])).toBeUndefined();
    expect(haveChanged(wifi, ['5f0c1ab2.local'])).toBeUndefined();
  });
});
