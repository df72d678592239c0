import { expect, it } from 'vitest';
import { ROUTER_CAPABILITIES } from '@relais/protocol/router-capabilities';
import { withoutSoundFeedback } from './spared-feedback.ts';

const isFeedback = (text: string) => /transport-(cc|wide-cc)/.test(text);

it('Sound asks for no report on each of its packets, pictures do, and nothing else is another', () => {
  const spared = withoutSoundFeedback(ROUTER_CAPABILITIES);
  const about = (kind: string) => [
    ...spared.codecs.filter((one) => one.kind === kind).flatMap((one) => one.rtcpFeedback ?? []),
    ...spared.headerExtensions.filter((one) => one.kind === kind),
  ];
  expect(
    about('audio')
      .map((one) => JSON.stringify(one))
      .filter(isFeedback),
  ).toEqual([]);
  expect(
    about('video')
      .map((one) => JSON.stringify(one))
      .filter(isFeedback),
  ).toHaveLength(2);
  expect(about('audio').map((one) => ('type' in one ? one.type : ''))).toContain('nack');
  const count = ({ codecs, headerExtensions }: typeof spared) => [codecs.length, headerExtensions.length];
  expect(count(spared)).toEqual([
    ROUTER_CAPABILITIES.codecs.length,
    ROUTER_CAPABILITIES.headerExtensions.length - 1,
  ]);
});
