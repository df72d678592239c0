import { expect, test } from 'vitest';
import { hubEnvelope } from './hub-bus.ts';

const said = (message: object) => ({ from: 'hub', number: 7, at: 1, message });
const person = { claim: 1, connected: true, producers: [] };
const personChanged = { type: 'personChanged', meetingId: 'm', participantId: 'p', person };

test('[DRAIN-1] a message of a type that only a newer hub knows counts, and is passed over', () => {
  expect(hubEnvelope.parse(said({ type: 'moonRose', colour: 'red' }))).toEqual(said({ type: 'unknown' }));
});

test('[DRAIN-1] fields that only a newer hub knows are passed over, whatever they are of', () => {
  const newer = { ...personChanged, mood: 'good', person: { ...person, mood: 'good' } };
  expect(hubEnvelope.parse({ ...said(newer), priority: 1 })).toEqual(said(personChanged));
});

test('what another version tells of itself for the admin page is shown only if it is understood', () => {
  const told = said({ type: 'overviewTold', overview: { hubId: 'hub', feelings: 'mixed' } });
  expect(hubEnvelope.parse(told)).toEqual(said({ type: 'overviewTold', overview: undefined }));
});

test('a message of a known type that is not understood is damage', () => {
  expect(hubEnvelope.safeParse(said({ ...personChanged, person: {} })).success).toBe(false);
});
