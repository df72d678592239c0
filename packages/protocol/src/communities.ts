import { z } from 'zod';

/** What a member of a community may do there, the most first. */
export const communityRole = z.enum(['coordinator', 'animator', 'member']);
export type CommunityRole = z.infer<typeof communityRole>;

/** How one becomes a member. An invitation is good in all of them. */
export const joining = z.enum(['invitation', 'request', 'open']);
export type Joining = z.infer<typeof joining>;
