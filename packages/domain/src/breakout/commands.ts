import type {
  Filling,
  LateRule,
  ParticipantId,
  PlanId,
  Place,
  BreakoutAsk,
  ClientMessageId,
  RoomDraft,
  RoomId,
  RoomRole,
  RoundId,
} from '@relais/protocol';

/** A round as it is asked for. */
export interface RoundDraft {
  rooms: readonly RoomDraft[];
  filling: Filling;
  seed: number;
  /** Whether those who run the meeting are placed like everybody. */
  withFacilitators: boolean;
}

interface Asked {
  /** Who asks for it: their own seat. */
  by: ParticipantId;
  at: number;
}

interface AskedOfPlans {
  /** Left out: who has the meeting's key, as the hub has verified, and no seat [BREAK-30]. */
  by?: ParticipantId | undefined;
  at: number;
}

/** What somebody asks of the sub-groups. `freshIds`: made by the hub, one for each room that may have none. */
export type BreakoutCommand =
  | (AskedOfPlans & {
      type: 'savePlan';
      /** Left out: a new one, under `freshPlanId`. */
      planId?: PlanId | undefined;
      /** The version that was read; left out: whichever there is. */
      basedOn?: number | undefined;
      title: string;
      rooms: readonly RoomDraft[];
      minutes: number | null;
      freshPlanId: PlanId;
      freshIds: readonly RoomId[];
    })
  | (AskedOfPlans & { type: 'removePlan'; planId: PlanId })
  | (Asked & {
      type: 'openRound';
      roundId: RoundId;
      rooms: readonly RoomDraft[];
      freshIds: readonly RoomId[];
      /** By the index of the room: what `propose` found. */
      placements: readonly { participantId: ParticipantId; room: number }[];
      countdownMs: number;
      minutes: number | null;
      late: LateRule;
      mayChoose: boolean;
    })
  /** [BREAK-37] When the round `after` is over, for which it is closed. */
  | (Asked &
      RoundDraft & {
        type: 'setNextRound';
        after: RoundId;
        roundId: RoundId;
        freshIds: readonly RoomId[];
        countdownMs: number;
        minutes: number | null;
        late: LateRule;
        mayChoose: boolean;
        /** Of those who have an account, for the lists of rooms. They stand in no event. */
        emails?: ReadonlyMap<ParticipantId, string> | undefined;
      })
  | (Asked & { type: 'dropNextRound' })
  | (Asked & {
      type: 'movePeople';
      moves: readonly { participantId: ParticipantId; roomId: RoomId | null }[];
    })
  /** Without `roomId`: all rooms. */
  | (Asked & { type: 'addTime'; byMs: number; roomId?: RoomId | undefined })
  | (Asked & { type: 'closeRooms'; roomId?: RoomId | undefined })
  | (Asked & {
      type: 'announce';
      clientMessageId: ClientMessageId;
      text: string;
      /** Left out: everywhere. */
      places?: readonly Place[] | undefined;
    })
  | (Asked & { type: 'askForRoom'; kind: BreakoutAsk['kind']; reason?: string | undefined })
  | (Asked & { type: 'takeAsk'; kind: BreakoutAsk['kind']; roomId: RoomId })
  | (Asked & { type: 'endAsk'; kind: BreakoutAsk['kind']; roomId: RoomId })
  | (Asked & { type: 'giveRoomRole'; participantId: ParticipantId; role: RoomRole | null })
  | (Asked & { type: 'labelParticipant'; participantId: ParticipantId; label: string | null })
  | (Asked & { type: 'nameSuccessor'; participantId: ParticipantId | null })
  /** `isUnattended`: nobody who runs the meeting is connected, as the hub knows. */
  | (Asked & { type: 'stepIn'; isUnattended: boolean })
  /** A deadline may have passed; `emails` as in `setNextRound`. */
  | { type: 'keepTime'; emails?: ReadonlyMap<ParticipantId, string> | undefined; at: number };
