import type { IceParameters } from '@relais/protocol';

/**
 * What one transport is known by to the media node. The node takes two: the newest that it gave, and, until it first hears
 * from the browser under that one, the one before. So the newest can be had ahead of need and ICE be restarted without a
 * word to anybody, and tried in turn with the former for as long as nothing gets through.
 */
export interface IceCredentials {
  readonly inUse: IceParameters;
  /** The node has given what it has not been spoken to under: ICE can be restarted without asking. */
  readonly isPrepared: boolean;
  /** The other one that may be known to the node is in use from now on; undefined: there is none. */
  swap(): IceParameters | undefined;
  /** A question to the node is under way: should its answer be lost, what is known here may be known there no more. */
  asking(): void;
  /** The node's answer, kept for later. False: it is the only one that is surely known there, and to be used at once. */
  keep(fresh: IceParameters): boolean;
  /** The node's answer, to be used at once. */
  use(fresh: IceParameters): void;
  /** The node refused: it gave nothing. */
  refused(): void;
  /** Something came back under those in use: the node has forgotten what was before them. */
  reached(): void;
}

export function createIceCredentials(given: IceParameters): IceCredentials {
  let inUse = given;
  let other: IceParameters | undefined;
  let isOtherNewer = false;
  let isInDoubt = false;
  let wasInDoubt = false;

  function use(fresh: IceParameters): void {
    const former = isOtherNewer ? other : inUse;
    inUse = fresh;
    other = wasInDoubt ? undefined : former;
    isOtherNewer = isInDoubt = false;
  }

  return {
    get inUse() {
      return inUse;
    },
    get isPrepared() {
      return isOtherNewer;
    },
    swap() {
      if (!other) return undefined;
      [inUse, other] = [other, inUse];
      isOtherNewer = !isOtherNewer;
      return inUse;
    },
    asking() {
      wasInDoubt = isInDoubt;
      isInDoubt = true;
    },
    keep(fresh) {
      if (wasInDoubt) {
        use(fresh);
        return false;
      }
      other = fresh;
      isOtherNewer = true;
      isInDoubt = false;
      return true;
    },
    use,
    refused() {
      isInDoubt = wasInDoubt;
    },
    reached() {
      if (!isOtherNewer) other = undefined;
    },
  };
}
