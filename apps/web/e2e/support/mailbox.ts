import { expect } from '@playwright/test';
import type { WaitingMail } from '@relais/protocol/people';
import { ADMINISTRATOR, firstAdministratorUrl } from './accounts.ts';
import type { Product } from './product.ts';

/** Of the administrator, who reads what the server does not send. */
const cookies = new WeakMap<Product, string>();

/** The link of the last email that was stored for an address. */
export async function lastLink(product: Product, to: string): Promise<string> {
  let url: string | undefined;
  const read = async () => {
    const mails = await waiting(product);
    url = /https?:\/\/\S+/.exec(mails.find((mail) => mail.to === to)?.text ?? '')?.[0];
    return url;
  };
  await expect.poll(read).toBeTruthy();
  return url ?? '';
}

async function waiting(product: Product): Promise<WaitingMail[]> {
  const cookie = cookies.get(product) ?? (await signInAdministrator(product));
  cookies.set(product, cookie);
  const response = await fetch(`${product.url}/api/people/mails`, { headers: { cookie } });
  const { value } = (await response.json()) as { value?: WaitingMail[] };
  return value ?? [];
}

/** Makes the first administrator, or signs in who was made already. */
async function signInAdministrator(product: Product): Promise<string> {
  const token = new URL(firstAdministratorUrl(product)).hash.slice(1);
  const { email, password } = ADMINISTRATOR;
  const made = await post(product, '/api/auth/first', { ...ADMINISTRATOR, token });
  const signedIn = made.ok ? made : await post(product, '/api/auth/password', { email, password });
  return signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

function post({ url }: Product, path: string, body: object): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  });
}
