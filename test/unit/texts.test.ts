import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../functions/events/sender/outcome.ts';
import { quietUntil } from '../../shared/domain/quiet-hours.ts';
import { CANCEL_CAUSES, LANGUAGES, MESSAGE_TEMPLATES } from '../../shared/domain/vocabulary.ts';
import { createHttpSender } from '../../shared/notify/http-sms.ts';
import { countSegments } from '../../shared/notify/segments.ts';
import { parseQuiet, TEXT_SETTINGS } from '../../shared/notify/settings.ts';
import { PUBLISH_TIMEOUT_MS, SendError } from '../../shared/notify/sms.ts';
import { render, segmentLimit } from '../../shared/notify/templates.ts';
import { dayText, spanText, whenText } from '../../shared/notify/when.ts';

describe('segments', () => {
  it.each([
    ['a'.repeat(160), 'gsm-7', 160, 1],
    ['a'.repeat(161), 'gsm-7', 161, 2],
    ['a'.repeat(306), 'gsm-7', 306, 2],
    ['a'.repeat(307), 'gsm-7', 307, 3],
    ['€'.repeat(80), 'gsm-7', 160, 1],
    ['€'.repeat(81), 'gsm-7', 162, 2],
    // 153 is odd: an escape is not torn from its character, so a part holds 76 of these.
    ['€'.repeat(153), 'gsm-7', 306, 3],
    ['血'.repeat(70), 'ucs-2', 70, 1],
    ['血'.repeat(71), 'ucs-2', 71, 2],
    ['血'.repeat(134), 'ucs-2', 134, 2],
    ['血'.repeat(135), 'ucs-2', 135, 3],
    [`${'a'.repeat(69)}血`, 'ucs-2', 70, 1],
    ['🩸'.repeat(35), 'ucs-2', 70, 1],
    ['🩸'.repeat(36), 'ucs-2', 72, 2],
    ['', 'gsm-7', 0, 1],
  ] as const)('are counted as networks cut them: %#', (text, encoding, length, segments) => {
    expect(countSegments(text)).toEqual({ encoding, length, segments });
  });
});

describe('every text', () => {
  const longName = {
    zh: '暖流市中心血站滨江大道献血屋东门二楼大厅'.repeat(3),
    en: 'The Riverside Community Donation Hall, East Gate '.repeat(2),
  };
  const chineseName = { zh: longName.zh, en: longName.zh };
  const PARAMS = [longName, chineseName, { zh: '站', en: 'Station' }].flatMap((place) =>
    CANCEL_CAUSES.map((cause) => ({
      place,
      role: place,
      who: '李＊＊',
      when: whenText('2026-12-20T13:30:00.000Z', 'Asia/Shanghai'),
      day: dayText('2026-12-20'),
      cause,
      until: whenText('2026-12-20T13:30:00.000Z', 'Asia/Shanghai'),
      phone: '+8621123456789',
      code: '0471',
      link: 'https://a-rather-long-name.of-a-city.example.org/bookings',
    })),
  );
  const SIGNATURES = ['', '【暖流】', '【暖流市红十字中心血站】'];

  it.each(MESSAGE_TEMPLATES.flatMap((template) => LANGUAGES.map((language) => [template, language] as const)))(
    '%s in %s fits the segments it may take, whatever its names',
    (template, language) => {
      for (const signature of SIGNATURES) {
        for (const params of PARAMS) {
          const text = render(template, language, params, { signature });
          expect(text).not.toMatch(/[{}]|undefined/);
          expect(text.length).toBeGreaterThan(10);
          expect(countSegments(signature + text).segments).toBeLessThanOrEqual(segmentLimit(language, signature));
        }
      }
    },
  );

  it('takes one segment, but for English behind a Chinese signature', () => {
    expect(LANGUAGES.map((language) => SIGNATURES.map((signature) => segmentLimit(language, signature)))).toEqual([
      [1, 1, 1],
      [1, 2, 2],
    ]);
  });

  it('says hours and minutes, and neither where there is none of it', () => {
    expect([0, 45, 120, 165].map((minutes) => spanText(minutes))).toEqual([
      { zh: '0分钟', en: '0 min' },
      { zh: '45分钟', en: '45 min' },
      { zh: '2小时', en: '2 h' },
      { zh: '2小时45分钟', en: '2 h 45 min' },
    ]);
  });

  it('says that the blood was used in the promised words', () => {
    expect(render('blood-used', 'zh', { day: dayText('2026-11-20') })).toContain('您的血液已用于临床');
    expect(render('blood-used', 'en', { day: dayText('2026-11-20') })).toContain('Your blood has been used clinically');
  });

  it('drops its link before it cuts a name', () => {
    const params = { when: whenText('2026-12-20T01:00:00.000Z', 'Asia/Shanghai'), place: { zh: '中心血站', en: 'x' } };
    const link = 'https://nuanliu.example/bookings';
    expect(render('donation-booked', 'zh', { ...params, link })).toBe(
      `您已预约12月20日09:00在中心血站献血，请带身份证。 ${link}`,
    );
    expect(render('donation-booked', 'zh', { ...params, link: `${link}/${'x'.repeat(40)}` })).toBe(
      '您已预约12月20日09:00在中心血站献血，请带身份证。',
    );
  });

  it('says of an offer how to take it by page and by phone, and by page alone where both do not fit', () => {
    const params = {
      when: whenText('2026-12-20T01:00:00.000Z', 'Asia/Shanghai'),
      place: { zh: '中心血站', en: 'Central Blood Station' },
      until: '10:30',
      phone: '4000000101',
      code: '0471',
    };
    const said = (language: 'zh' | 'en', link: string) => render('donation-offered', language, { ...params, link });
    expect(said('zh', 'https://nl.cn/o')).toBe(
      '您等的12月20日09:00中心血站有空位，10:30前点 https://nl.cn/o 确认，或致电4000000101报0471。',
    );
    expect(said('zh', 'http://127.0.0.1:3000/o')).toBe(
      '12月20日09:00中心血站有空位，10:30前点 http://127.0.0.1:3000/o 或电4000000101报0471',
    );
    expect(said('zh', 'https://nuanliu.of-a-city.example/o')).toBe(
      '您等的12月20日09:00中心血站有空位，请在10:30前确认 https://nuanliu.of-a-city.example/o',
    );
    expect(said('zh', `https://${'a'.repeat(50)}.example/o`)).toBe(
      '您等的12月20日09:00中心血站有空位，请在10:30前致电4000000101报0471。',
    );
    expect(said('en', 'https://nuanliu.example/o')).toBe(
      'A place you wait for is free: 20 Dec 09:00, Central Blood Station. Take it by 10:30: https://nuanliu.example/o or call 4000000101, code 0471.',
    );
  });

  it('says of a closure what is kept instead, and how to answer by page and by phone', () => {
    const params = {
      was: whenText('2026-12-20T01:00:00.000Z', 'Asia/Shanghai'),
      when: whenText('2026-12-20T05:00:00.000Z', 'Asia/Shanghai'),
      place: { zh: '中心血站', en: 'Central Blood Station' },
      until: '10:30',
      phone: '4000000101',
      code: '0471',
    };
    const said = (language: 'zh' | 'en', link: string) => render('donation-moved', language, { ...params, link });
    expect(said('zh', 'https://nl.cn/m')).toBe(
      '停采改期：为您留12月20日13:00中心血站，10:30前点https://nl.cn/m 或电4000000101报0471',
    );
    expect(said('zh', 'https://nuanliu.of-a-city.example/m')).toBe(
      '停采改期：为您留12月20日13:00中心血站，点 https://nuanliu.of-a-city.example/m 确认、另选或取消',
    );
    expect(said('zh', 'http://127.0.0.1:3000/m')).toBe(
      '12月20日09:00停采，为您改留12月20日13:00中心血站，请点 http://127.0.0.1:3000/m 确认、另选或取消',
    );
    expect(said('en', 'https://nuanliu.example/m')).toContain('We keep 20 Dec 13:00, Central Blood Station for you.');
  });

  it('keeps English within its own letters, so that it is not cut at 70', () => {
    const when = whenText('2026-12-20T01:00:00.000Z', 'Asia/Shanghai');
    const said = (en: string) => render('donation-changed', 'en', { when, place: { zh: '', en } });
    expect(said('Café “Ŝtelo” – hall')).toContain('at Café "Stelo" - hall.');
    expect(said('中心血站')).toContain('at the place you chose.');
  });

  it('names the hour at the place, on the date at the place', () => {
    expect(whenText('2026-12-20T16:30:00.000Z', 'Asia/Shanghai')).toEqual({ zh: '12月21日00:30', en: '21 Dec 00:30' });
  });

  it('says nothing of why somebody may not give', () => {
    for (const language of LANGUAGES) {
      const text = render('donation-cancelled', language, {
        cause: 'no-longer-eligible',
        place: 'x',
        when: whenText('2026-12-20T01:00:00.000Z', 'Asia/Shanghai'),
      });
      expect(text).not.toMatch(/eligib|defer|health|健康|暂缓|不宜|条件/i);
    }
  });
});

describe('quiet hours', () => {
  const night = { from: '21:00', to: '08:00' };
  it.each([
    ['2026-11-23T12:59:00.000Z', 'Asia/Shanghai', undefined],
    ['2026-11-23T13:00:00.000Z', 'Asia/Shanghai', '2026-11-24T00:00:00.000Z'],
    ['2026-11-23T20:00:00.000Z', 'Asia/Shanghai', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24T00:00:00.000Z', 'Asia/Shanghai', undefined],
    // The night clocks go back in Berlin is an hour longer.
    ['2026-10-24T20:00:00.000Z', 'Europe/Berlin', '2026-10-25T07:00:00.000Z'],
  ])('at %s in %s last until %s', (now, zone, until) => {
    expect(quietUntil(now, zone, night)).toBe(until);
  });
  it('within one day, or none at all', () => {
    expect(quietUntil('2026-11-23T05:00:00.000Z', 'Asia/Shanghai', { from: '12:00', to: '14:00' })).toBe(
      '2026-11-23T06:00:00.000Z',
    );
    expect(quietUntil('2026-11-23T20:00:00.000Z', 'Asia/Shanghai', parseQuiet('off'))).toBeUndefined();
    expect(parseQuiet('22:30-07:00')).toEqual({ from: '22:30', to: '07:00' });
    expect(() => parseQuiet('9pm')).toThrow('QUIET_HOURS');
  });
});

describe('what becomes of a text whose publishing failed', () => {
  const refused = new SendError('refused', 'InvalidParameter');
  const notAccepted = new SendError('not-accepted', 'ECONNREFUSED');
  const silence = new Error('timeout');
  it.each([
    [refused, { attempts: 1 }, { kind: 'failed', reason: 'InvalidParameter' }],
    [refused, { attempts: 2, unsure: true }, { kind: 'uncertain', reason: 'InvalidParameter' }],
    [notAccepted, { attempts: 1 }, { kind: 'again', unsure: false, reason: 'ECONNREFUSED' }],
    [notAccepted, { attempts: 2 }, { kind: 'failed', reason: 'ECONNREFUSED' }],
    [notAccepted, { attempts: 2, unsure: true }, { kind: 'uncertain', reason: 'ECONNREFUSED' }],
    [silence, { attempts: 1 }, { kind: 'again', unsure: true, reason: 'no-answer' }],
    [silence, { attempts: 2 }, { kind: 'uncertain', reason: 'no-answer' }],
  ] as const)('depends on what the provider said and on the attempts made: %#', (error, claimed, outcome) => {
    expect(outcomeOf(error, claimed, TEXT_SETTINGS)).toEqual(outcome);
  });
  it('is never decided while the provider may still answer', () => {
    expect(TEXT_SETTINGS.leaseSeconds * 1000).toBeGreaterThan(2 * PUBLISH_TIMEOUT_MS);
  });
});

describe('the HTTP sender', () => {
  const sender = (answer: () => Promise<Response>, calls: Request[] = []) =>
    createHttpSender({
      url: 'https://sms.example/send',
      token: async () => 'secret',
      signature: '【暖流】',
      fetch: async (url, init) => {
        calls.push(new Request(url as string, init as RequestInit));
        return await answer();
      },
    });

  it('signs the text and hands on the provider’s id', async () => {
    const calls: Request[] = [];
    const send = sender(async () => Response.json({ id: 'm-1' }), calls);
    expect(await send('+8613900000001', '您好')).toEqual({ providerId: 'm-1' });
    expect(calls[0]?.headers.get('authorization')).toBe('Bearer secret');
    expect(await calls[0]?.json()).toEqual({ to: '+8613900000001', text: '【暖流】您好' });
  });

  it.each([
    [async () => new Response('', { status: 400 }), { kind: 'refused', code: 'http-400' }],
    [async () => new Response('', { status: 429 }), { kind: 'not-accepted', code: 'http-429' }],
    [async () => new Response('', { status: 401 }), { kind: 'not-accepted', code: 'http-401' }],
    [
      async () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
      },
      { kind: 'not-accepted', code: 'ECONNREFUSED' },
    ],
  ])('tells a definite refusal: %#', async (answer, failure) => {
    await expect(sender(answer)('+8613900000001', 'x')).rejects.toMatchObject({ name: 'SendError', ...failure });
  });

  it('leaves a fault and a silence open', async () => {
    const fault = sender(async () => new Response('', { status: 502 }));
    await expect(fault('+8613900000001', 'x')).rejects.not.toBeInstanceOf(SendError);
    const silence = sender(async () => {
      throw new DOMException('late', 'TimeoutError');
    });
    await expect(silence('+8613900000001', 'x')).rejects.not.toBeInstanceOf(SendError);
  });
});
