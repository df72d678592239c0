import { expect, test } from 'vitest';
import { pipeListen } from './pipe-listen.ts';

const portRange = { min: 44500, max: 44699 };

test('Pipes are announced by an address, also when the machine is known by its name: media workers look up none', async () => {
  expect(await pipeListen('localhost', portRange)).toEqual({
    ip: '127.0.0.1',
    announcedAddress: '127.0.0.1',
    portRange,
  });
});

test('Pipes listen where their address is of: IPv4 or IPv6', async () => {
  expect(await pipeListen('192.0.2.7', portRange)).toMatchObject({
    ip: '0.0.0.0',
    announcedAddress: '192.0.2.7',
  });
  expect(await pipeListen('2001:db8::7', portRange)).toMatchObject({
    ip: '::',
    announcedAddress: '2001:db8::7',
  });
});

test('A name that is none stops the start with a sentence that says which', async () => {
  await expect(pipeListen('no.such.name.invalid', portRange)).rejects.toThrow(
    /RELAIS_CONTROL_ADDRESS.*no\.such\.name\.invalid/,
  );
});
