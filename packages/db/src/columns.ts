import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Instants are whole milliseconds by the hub's clock: three decimals give them back as they were. */
export const instant = () => timestamp({ withTimezone: true, precision: 3 });

export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' });
