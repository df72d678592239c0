import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT = { clientId: 'relais', clientSecret: 'known-to-both' };

export interface Claims {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

/** An OpenID Connect provider of the tests' own: whoever is sent there is the person that `claims` says, at once. */
export async function startOidcProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const codes = new Map<string, { nonce: string | null; challenge: string | null }>();
  let claims: Claims = { sub: 'p1', email: 'ana@exemple.test', email_verified: true, name: 'Ana Tremblay' };
  let key = privateKey;
  let issuer = '';
  let refusal: string | undefined;

  function idToken(nonce: string | null): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = {
      ...claims,
      iss: issuer,
      aud: CLIENT.clientId,
      iat: now,
      exp: now + 300,
      ...(nonce && { nonce }),
    };
    const signed = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part(body)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  }

  async function answer(request: IncomingMessage): Promise<object | string> {
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        };
      case '/jwks':
        return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] };
      case '/userinfo':
        return claims;
      case '/authorize': {
        const code = randomUUID();
        codes.set(code, {
          nonce: url.searchParams.get('nonce'),
          challenge: url.searchParams.get('code_challenge'),
        });
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        if (refusal) back.searchParams.set('error', refusal);
        else back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state') ?? '');
        return back.href;
      }
      case '/token': {
        let body = '';
        for await (const chunk of request) body += String(chunk);
        const given = codes.get(new URLSearchParams(body).get('code') ?? '');
        if (!given?.challenge || !new URLSearchParams(body).get('code_verifier'))
          return { error: 'invalid_grant' };
        codes.delete(new URLSearchParams(body).get('code') ?? '');
        return {
          access_token: 'kept-by-nobody',
          token_type: 'Bearer',
          expires_in: 300,
          id_token: idToken(given.nonce),
        };
      }
      default:
        return { error: 'not_found' };
    }
  }

  const http = createServer((request, response) => {
    void answer(request).then((said) => {
      if (typeof said === 'string') return response.writeHead(302, { location: said }).end();
      response.writeHead('error' in said ? 400 : 200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    settings: { issuer, ...CLIENT, name: 'CDC' },
    /** Who is sent back from now on. */
    is(next: Claims): void {
      claims = next;
    },
    /** Tokens are signed by a key that the provider does not publish. */
    forge(): void {
      key = stranger;
    },
    /** Whoever is sent there is sent back with this error from now on; with none, signed in again. */
    refuse(error: string | undefined): void {
      refusal = error;
    },
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
