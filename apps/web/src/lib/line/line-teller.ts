import type { LineQuality, LivePerson } from '@relais/protocol';
import { isPassing, retryDelay } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';

/** How one's own line is, for the others [LINE-3]. */
export interface OwnLine {
  line: LineQuality;
  light: boolean;
}

export interface LineTeller {
  /** Something has changed: one's own line, or what the hub knows of it. */
  look(): void;
  close(): void;
}

/**
 * Makes what the hub knows of one's own line match how it is, one telling at a time: also after the hub forgot it. `told`
 * is oneself in the present; undefined while one has no seat.
 */
export function createLineTeller(deps: {
  hub: HubClient;
  own: () => OwnLine;
  told: () => LivePerson | undefined;
}): LineTeller {
  const { hub, own, told } = deps;
  let isTelling = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function tell(): Promise<void> {
    isTelling = true;
    const now = own();
    const result = await hub.request('line:tell', now);
    isTelling = false;
    failures = result.ok ? 0 : failures + 1;
    const { line, light } = own();
    // The telling itself comes back as a fact, and is looked at then.
    if (result.ok && (line !== now.line || light !== now.light)) look();
    // With the socket down nothing is tried: coming back brings the whole present, and looks again.
    else if (!result.ok && isPassing(result.error) && hub.connected)
      timer = setTimeout(look, retryDelay(result.error, failures, Math.random()));
  }

  function look(): void {
    const known = told();
    if (!known?.connected || isTelling) return;
    clearTimeout(timer);
    const { line, light } = own();
    if ((known.line ?? 'good') !== line || (known.light ?? false) !== light) void tell();
  }

  return { look, close: () => clearTimeout(timer) };
}
