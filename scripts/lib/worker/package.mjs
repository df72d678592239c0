import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../failure.mjs';
import { root } from '../paths.mjs';

/** The installed mediasoup: its folder, its version, and where its releases are kept. */
export function findMediasoup() {
  const apps = join(root, 'apps');
  const homes = existsSync(apps) ? readdirSync(apps).map((app) => join(apps, app)) : [];
  const found = homes
    .map((home) => join(home, 'node_modules', 'mediasoup'))
    .find((path) => existsSync(join(path, 'package.json')));
  if (!found)
    throw new PlainError(
      'mediasoup is not installed: run `npm start` in the folder of Relais, it installs everything.',
    );
  const folder = realpathSync(found);
  const { version, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const releases = repository.url.replace(/^git\+/, '').replace(/\.git$/, '') + '/releases/download';
  return { folder, version, releases };
}
