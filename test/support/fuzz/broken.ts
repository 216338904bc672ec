import { connect } from 'node:net';
import { type Chance, chanceFrom } from './chance.ts';

/** What came back over one connection before it was closed, or until it was quiet for too long. */
export type Heard = { sent: Buffer; heard: string; waited: boolean };

const PATIENCE_MS = 3_000;

/** Says something over a connection of its own and listens until the other side closes it. */
export async function say(port: number, sent: Buffer): Promise<Heard> {
  return await new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port });
    const done = (waited: boolean) => {
      socket.destroy();
      resolve({ sent, heard: Buffer.concat(chunks).toString('latin1'), waited });
    };
    socket.setTimeout(PATIENCE_MS, () => done(true));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => done(false));
    socket.end(sent);
  });
}

const lines = (...text: string[]): Buffer => Buffer.from(`${text.join('\r\n')}\r\n\r\n`, 'latin1');
const HOST = 'Host: localhost';
const CLOSE = 'Connection: close';

/** Requests that are broken in a way of their own, each with a mark in it. */
export function brokenRequests(mark: string, token: string): Buffer[] {
  const bearer = `Authorization: Bearer ${token}`;
  const json = ['Content-Type: application/json', `Idempotency-Key: ${mark}-key`];
  const post = (...more: string[]) => ['POST /api/bookings HTTP/1.1', HOST, CLOSE, bearer, ...json, ...more];
  const body = (text: string, ...more: string[]) => Buffer.concat([lines(...post(...more)), Buffer.from(text)]);
  return [
    Buffer.from(''),
    Buffer.from('\r\n\r\n'),
    Buffer.from(mark),
    Buffer.from(`GET /api/sites?${mark}`),
    Buffer.from(`GET /api/sites?${mark}\r\n\r\n`),
    lines('GET /api/sites HTTP/1.1', CLOSE),
    lines('GET /api/sites HTTP/1.0', CLOSE),
    lines('GET /api/sites HTTP/9.9', HOST, CLOSE),
    lines('GET /api/sites HTTP/2.0', HOST, CLOSE),
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    lines(`${mark} /api/sites HTTP/1.1`, HOST, CLOSE),
    lines('get /api/sites HTTP/1.1', HOST, CLOSE),
    lines('CONNECT /api/sites HTTP/1.1', HOST, CLOSE),
    lines('CONNECT evil.example:443 HTTP/1.1', HOST, CLOSE),
    lines('OPTIONS * HTTP/1.1', HOST, CLOSE),
    lines('TRACE /api/sites HTTP/1.1', HOST, CLOSE, `X-Secret: ${mark}`),
    lines(`GET http://evil.example/api/me?${mark} HTTP/1.1`, HOST, CLOSE),
    lines(`GET api/sites/${mark} HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/sites/${mark} x HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/sites/\0${mark} HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/sites/\xff\xfe${mark} HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/sites/${mark}#part HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/sites\\..\\${mark} HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/../../../../etc/passwd?${mark} HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/${'a/'.repeat(7_000)} HTTP/1.1`, HOST, CLOSE),
    lines(`GET /api/${'a'.repeat(40_000)} HTTP/1.1`, HOST, CLOSE),
    lines('GET /api/sites HTTP/1.1', HOST, HOST, CLOSE),
    lines('GET /api/sites HTTP/1.1', 'Host:', CLOSE),
    lines('GET /api/me HTTP/1.1', `Host: ${mark}@evil.example:99999`, CLOSE),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, `X-Big: ${mark.repeat(5_000)}`),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, ...Array.from({ length: 3_000 }, (_, n) => `X-${n}: 1`)),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, `${mark}`),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, `: ${mark}`),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, `X ${mark}: 1`),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, `Accept-Language: ${mark}\0`),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, `Accept-Language: ${mark}\x01\x7f`),
    lines('GET /api/sites HTTP/1.1', HOST, CLOSE, 'Accept-Language: a', ` folded ${mark}`),
    Buffer.from(`GET /api/sites HTTP/1.1\n${HOST}\n${CLOSE}\n\n`),
    Buffer.from(`GET /api/sites HTTP/1.1\r${HOST}\r${CLOSE}\r\r`),
    lines('GET /api/me HTTP/1.1', HOST, CLOSE, `Authorization: Bearer ${mark}.${mark}.${mark}`),
    lines('GET /api/me HTTP/1.1', HOST, CLOSE, 'Authorization: Bearer x.y.z', bearer),
    lines('GET /api/me HTTP/1.1', HOST, CLOSE, `Authorization:${token}`),
    lines('GET /api/sites HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'),
    lines('GET /api/sites HTTP/1.1', HOST, 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AA'),
    body('{}', 'Content-Length: 99'),
    body('{}{}{}', 'Content-Length: 2'),
    body('{}', 'Content-Length: -2'),
    body('{}', 'Content-Length: 2', 'Content-Length: 4'),
    body('{}', 'Content-Length: 0x2'),
    body('{}', 'Content-Length: 99999999999999999999'),
    body('2\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked', 'Content-Length: 2'),
    body('2\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    body('zz\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    body('ffffffffffffffff\r\n{}\r\n', 'Transfer-Encoding: chunked'),
    body(`2;${mark}=1\r\n{}\r\n0\r\nX-Trailer: ${mark}\r\n\r\n`, 'Transfer-Encoding: chunked'),
    body('2\r\n{}', 'Transfer-Encoding: chunked'),
    body('{}', `Transfer-Encoding: ${mark}`, 'Content-Length: 2'),
    body('{}', 'Transfer-Encoding: gzip, chunked'),
    body('{}', 'Transfer-Encoding: chunked, identity', 'Content-Length: 2'),
    body(
      '0\r\n\r\nGET /api/sites HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'Transfer-Encoding: chunked',
      'Transfer-encoding: x',
    ),
    body('{}', 'Content-Length: 2', 'Expect: 100-continue'),
    body('{}', 'Content-Length: 2', `Expect: ${mark}`),
    body('x'.repeat(100_000), 'Content-Length: 100000'),
    Buffer.concat(Array.from({ length: 50 }, () => lines('GET /api/sites HTTP/1.1', HOST))),
    Buffer.concat([Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]), Buffer.from(mark)]),
    Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 167) % 256)),
  ];
}

/** A right request with a few bytes of it wrong, twice, missing or cut off. */
export function spoiled(request: Buffer, chance: Chance): Buffer {
  let bytes = Buffer.from(request);
  for (let n = chance.pick([1, 1, 2, 5]); n > 0; n -= 1) {
    const at = chance.below(bytes.byteLength);
    const more = chance.below(30);
    switch (chance.below(5)) {
      case 0:
        bytes[at] = chance.below(256);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + more)]);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at + more), bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([0, 13, 10, 13, 10]), bytes.subarray(at)]);
        break;
      default:
        bytes = bytes.subarray(0, Math.max(at, 1));
    }
  }
  return bytes;
}

/** What is said over many connections of their own: each broken request, and spoiled ones from a seed. */
export function utterances(options: { seed: number; spoiled: number; mark: string; token: string }): Buffer[] {
  const { mark, token } = options;
  const body = '{"slotId":"central_2026-12-20_0900_whole-blood"}';
  const right = lines(
    'POST /api/bookings?a=1 HTTP/1.1',
    HOST,
    CLOSE,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Idempotency-Key: ${mark}-key`,
    `Content-Length: ${body.length}`,
  );
  const request = Buffer.concat([right, Buffer.from(body)]);
  const more = Array.from({ length: options.spoiled }, (_, n) =>
    spoiled(request, chanceFrom(options.seed, 'socket', n)),
  );
  return [...brokenRequests(mark, token), ...more];
}

/** Answers to what is no HTTP, or is for nobody here, have no body at all. */
const EMPTY = /^HTTP\/1\.1 (400|408|413|417|431) [^\r]+\r\n(?:[\w-]+: [^\r]*\r\n)*\r\n(?:0\r\n\r\n)?$/;
const STATUS = /^HTTP\/1\.1 (\d{3}) /;

/** What is wrong with what was heard; undefined if nothing is. Answers to the API's own routes are judged elsewhere. */
export function faultHeard({ heard, waited }: Heard, mark: string): string | undefined {
  if (waited && heard === '') return 'neither answered nor closed';
  if (heard.includes(mark)) return 'the answer repeats what was sent';
  if (heard === '') return undefined;
  const status = Number(STATUS.exec(heard)?.[1] ?? 0);
  if (status === 0) return 'the answer is no HTTP';
  if (status >= 500) return `answered ${status}`;
  if (/\bat \S+ \(|node:internal|Parse Error|HPE_|Error:/.test(heard)) return 'the answer shows what is behind it';
  if (heard.length > 256 * 1024) return `answered ${heard.length} bytes`;
  if (
    status >= 400 &&
    !EMPTY.test(heard) &&
    !/content-type: application\/(problem\+)?json/i.test(heard) &&
    status !== 421
  ) {
    return 'the refusal is of neither form';
  }
  return undefined;
}
