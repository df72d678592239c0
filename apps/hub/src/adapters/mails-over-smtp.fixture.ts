import { createDatabase } from '@relais/db';
import { pino } from 'pino';
import { createPostgresOutbox } from './postgres-outbox.ts';
import { createSmtpCarrier } from './smtp-carrier.ts';
import { createMails } from '../features/mails/mails.ts';

// A hub's outbox as a process of its own, for a test to kill: arguments are the database and the mail server.
const [database = '', url = ''] = process.argv.slice(2);
createMails({
  outbox: createPostgresOutbox(createDatabase({ url: database })),
  carrier: createSmtpCarrier({ url, from: 'Relais <relais@exemple.test>' }),
  logger: pino({ level: 'silent' }),
  now: Date.now,
});
process.stdin.resume(); // until it is killed, or the test ends
process.stdin.on('end', () => process.exit());
