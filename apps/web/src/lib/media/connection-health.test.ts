import { describe, expect, it } from 'vitest';
import { connectionOf } from './connection-health.ts';

describe('the connection for sound and picture', () => {
  it('is interrupted as soon as one direction is', () => {
    expect(connectionOf({ send: 'connected', recv: 'disconnected' })).toBe('interrupted');
    expect(connectionOf({ send: 'failed', recv: 'new' })).toBe('interrupted');
  });

  it('is connecting while one is and none is broken', () => {
    expect(connectionOf({ send: 'connecting', recv: 'connected' })).toBe('connecting');
  });

  it('is connected when nothing remains to be connected, even if nothing is sent', () => {
    expect(connectionOf({ send: 'new', recv: 'connected' })).toBe('connected');
    expect(connectionOf({ send: 'new', recv: 'new' })).toBe('connected');
  });

  it('is closed when both are', () => {
    expect(connectionOf({ send: 'closed', recv: 'closed' })).toBe('closed');
  });
});
