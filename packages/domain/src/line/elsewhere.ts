/** What a browser says of its own end of the way that is in use. */
export interface OwnEnd {
  /** `host`: an address of this device; `prflx`: how others see it, beside the address that it is of. */
  type: string | undefined;
  address: string | undefined;
  relatedAddress: string | undefined;
}

/**
 * Whether the device has left the network on which this way was found: the address that is spoken from is none of its own any
 * more, and it has another. Undefined where that is not known: a relay's end, or a browser that keeps addresses to itself. Pure.
 */
export function hasLeft(end: OwnEnd, addresses: readonly string[]): boolean | undefined {
  const own = end.type === 'prflx' ? end.relatedAddress : end.address;
  if (end.type === 'relay' || !isAddress(own) || !addresses.every(isAddress)) return undefined;
  return addresses.some(isElsewhere) && !addresses.includes(own);
}

/**
 * The same of a way that is bound to none of the device's addresses, from those that it had `before`: they are others now. Pure.
 */
export function haveChanged(before: readonly string[], now: readonly string[]): boolean | undefined {
  if (![...before, ...now].every(isAddress) || !before.some(isElsewhere)) return undefined;
  const isNew = now.some((address) => !before.includes(address));
  return now.some(isElsewhere) && (isNew || before.some((address) => !now.includes(address)));
}

/** Without a permission browsers tell a name made up for the purpose, which ends in `.local`. */
const isAddress = (text: string | undefined): text is string => !!text && /^[\d.]+$|:/.test(text);
const isElsewhere = (address: string) => !isLoopback(address);
const isLoopback = (address: string) => address.startsWith('127.') || address === '::1';
