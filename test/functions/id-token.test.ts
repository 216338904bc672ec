import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idTokenVerifier } from '../../functions/http/me/id-token.ts';
import { BusyError } from '../../shared/store/retry.ts';

const ISSUER = 'https://identity.test';
let provider: Server;
let url: string;
/** What the provider answers when it is asked for its keys. */
let answer: { status: number; body: string };
let sign: (claims: Record<string, unknown>, audience?: string) => Promise<string>;
let published: string;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  published = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
  sign = async (claims, audience = 'web') =>
    await new SignJWT({ phone_number: '+8613700000001', phone_number_verified: true, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(ISSUER)
      .setSubject('sub')
      .setAudience(audience)
      .setExpirationTime('5m')
      .sign(privateKey);
  provider = createServer((_, res) =>
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body),
  );
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => void provider.close());

const verifier = (jwksUri = `${url}/keys`) => idTokenVerifier({ issuer: ISSUER, clientId: 'web', jwksUri });

it('takes whose token it is and the number the provider has verified', async () => {
  answer = { status: 200, body: published };
  const identity = { iss: ISSUER, sub: 'sub', phone: '+8613700000001' };
  expect(await verifier()(await sign({}))).toEqual(identity);
  expect(await verifier()(await sign({ phone_number_verified: 'true' }))).toEqual(identity);
});

it.each([
  ['a number nobody verified', { phone_number_verified: false }],
  ['no number', { phone_number: undefined }],
  ['what is no number', { phone_number: '13700000001' }],
])('refuses %s', async (_, claims) => {
  answer = { status: 200, body: published };
  expect(await verifier()(await sign(claims))).toBeUndefined();
});

it('refuses a token for someone else’s client, and one that is none', async () => {
  answer = { status: 200, body: published };
  expect(await verifier()(await sign({}, 'another'))).toBeUndefined();
  expect(await verifier()('a.b.c')).toBeUndefined();
});

it('blames nobody’s token while the provider cannot be asked: the caller may try again', async () => {
  answer = { status: 500, body: '' };
  await expect(verifier()(await sign({}))).rejects.toThrow(BusyError);
  await expect(verifier('http://127.0.0.1:1/keys')(await sign({}))).rejects.toThrow(BusyError);
});
