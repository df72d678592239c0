import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for a Chromium of one's own. */
export interface PermittedProfile {
  folder: string;
  /** When the browser is closed. */
  remove(): Promise<void>;
}

/**
 * The profile of a person who has permitted `origin` camera and microphone. What a test's driver permits by itself goes for every
 * page of an origin, also for one within another that is not to have it; what a person permits does not.
 */
export async function permittedProfile(origin: string): Promise<PermittedProfile> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-profile-'));
  const permitted = { [`${origin},*`]: { setting: 1 } };
  const exceptions = { media_stream_mic: permitted, media_stream_camera: permitted };
  await mkdir(join(folder, 'Default'));
  await writeFile(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { content_settings: { exceptions } } }),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
