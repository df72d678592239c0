/**
 * The clocks and bounds of the control link, in milliseconds unless said otherwise.
 *
 * How soon a caller knows that a node is lost follows from them:
 * - its process ended, also by kill -9: the line is closed by its machine, and coming back is refused: at once;
 * - silence (a cut network, a machine without power, a stopped process): the line is given up when no ping came for
 *   `PING_INTERVAL_MS` + `PING_TIMEOUT_MS`, then `RESUME_MS` are left for coming back: 4.5 s at most, 3.5 s at least.
 *
 * Measured by death.integration.test.ts and losing.integration.test.ts on two cores at a load of 30: 70 to 420 ms after
 * kill -9, of which 25 to 85 ms from the closed line on, the rest the machine's own; 4.3 to 4.5 s of silence.
 */
export const CONTROL_PATH = '/control';

export const PING_INTERVAL_MS = 1000;
export const PING_TIMEOUT_MS = 2000;

/** The whole opening of a line: connection, challenge and hello. A socket that is not known by then is closed. */
export const HELLO_TIMEOUT_MS = 2000;
/** How long a link whose line was closed tries to come back. */
export const RESUME_MS = 1500;
/** Between two attempts to come back. */
export const RETRY_BASE_MS = 200;
export const RETRY_MAX_MS = 500;

/** Beyond the 3 s that a node gives its workers, below what a browser waits for its hub. */
export const CALL_TIMEOUT_MS = 3500;
/** How long the pipes of a node outlive its line: longer than it tries to come back. */
export const PIPE_GRACE_MS = 2000;

/** Calls under way on one link: everybody of a node that died, opened elsewhere at once, three times over. */
export const MAX_CALLS = 1000;
/** Bytes of one message to a node: the largest call (all producers of the largest meeting) is a fifth of it. */
export const MAX_CALL_BYTES = 1024 * 1024;
/** Bytes of one message to a caller: the largest answer has the consumers of all producers of the largest meeting. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Sockets that have not said hello yet; one more is closed. */
export const MAX_STRANGERS = 128;
/** Facts of pipes that wait for a sink which does not answer; its pipes are given up with one more. */
export const MAX_WAITING_FACTS = 1000;
/** How long a hub that was cut off is told afterwards what it missed: longer than it tries to come back. */
export const HUB_GRACE_MS = 2000;
/** Facts that a hub has not acknowledged: several for everybody of a full node. The oldest are not told again. */
export const MAX_HUB_FACTS = 10_000;
