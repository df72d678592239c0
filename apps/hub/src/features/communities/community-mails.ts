import type { Logger } from 'pino';
import type { Asker, Community, Lang } from '../../ports/community-store.ts';
import type { Addressee } from '../../ports/community-store.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { NewInvitation } from '../../ports/invitation-store.ts';
import type { InvitationTokens } from './invitation-tokens.ts';

export interface CommunityMailsDeps {
  mailer: Mailer;
  tokens: InvitationTokens;
  /** Where people reach the product. */
  publicUrl: () => string;
  logger: Logger;
}

/** What communities write to people, and where it leads. */
export class CommunityMails {
  readonly #deps: CommunityMailsDeps;

  constructor(deps: CommunityMailsDeps) {
    this.#deps = deps;
  }

  invitationUrl(invitationId: string): string {
    const url = new URL('/communautes/invitation', this.#deps.publicUrl());
    url.searchParams.set('jeton', this.#deps.tokens.tokenOf(invitationId));
    return url.href;
  }

  /** Whether all of them are stored: the same ones can be ordered again, none is sent twice. */
  async invite(
    community: Community,
    invitations: readonly NewInvitation[],
    { invitedBy, lang, days }: { invitedBy: string; lang: Lang; days: number },
  ): Promise<boolean> {
    for (const { invitationId, email } of invitations) {
      if (email === undefined) continue;
      const sent = await this.#deps.mailer.send({
        kind: 'communityInvitation',
        key: `communityInvitation:${invitationId}`,
        to: email,
        lang,
        community: community.name,
        ...(invitedBy && { invitedBy }),
        url: this.invitationUrl(invitationId),
        days,
      });
      if (!sent.ok) return false;
    }
    return true;
  }

  /** To those who decide. Where it cannot be stored the request stands on the community's page all the same. */
  async tellRequest(
    community: Community,
    { asker, word, at, to }: { asker: Asker; word: string; at: number; to: readonly Addressee[] },
  ): Promise<void> {
    for (const { personId, email, lang } of to)
      await this.#tell({
        kind: 'communityRequest',
        key: `communityRequest:${community.communityId}:${asker.personId}:${at}:${personId}`,
        to: email,
        lang,
        community: community.name,
        person: asker.name,
        ...(word && { word }),
        url: this.#pageOf(community, '/reglages'),
      });
  }

  /** To who asked. */
  tellDecision(
    community: Community,
    { accept, word, at, to }: { accept: boolean; word: string; at: number; to: Addressee },
  ): Promise<void> {
    return this.#tell({
      kind: accept ? 'communityAccepted' : 'communityDeclined',
      key: `communityDecision:${community.communityId}:${to.personId}:${at}`,
      to: to.email,
      lang: to.lang,
      community: community.name,
      ...(word && { word }),
      url: this.#pageOf(community),
    });
  }

  #pageOf({ slug }: Community, under = ''): string {
    return new URL(`/communautes/${slug}${under}`, this.#deps.publicUrl()).href;
  }

  async #tell(mail: Parameters<Mailer['send']>[0]): Promise<void> {
    const sent = await this.#deps.mailer.send(mail);
    if (!sent.ok) this.#deps.logger.warn({ kind: mail.kind }, 'an email of a community could not be stored');
  }
}
