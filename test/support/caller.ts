import { randomUUID } from 'node:crypto';
import type { Problem } from '../../shared/contract/problem.ts';

export type HttpAnswer<T> = { readonly status: number; readonly body: T };

/** Calls the API over HTTP with a token, as any client would; a body makes it a POST unless told otherwise. */
export async function call<T = Problem>(
  url: string,
  token: string,
  path: string,
  { body, key = randomUUID(), method = body ? 'POST' : 'GET' }: { body?: object; key?: string; method?: string } = {},
): Promise<HttpAnswer<T>> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

/** An event of one organisation of the demo city, published by its organiser. */
export async function publishedEvent(
  url: string,
  organiser: string,
  shifts: readonly { shiftId: string; startsAtLocal: string; endsAtLocal: string; places: number }[],
): Promise<{ eventId: string; slots: string[] }> {
  const both = (zh: string, en: string) => ({ zh, en });
  type Event = { eventId: string; version: number; shifts: { slotId: string }[] };
  const drafted = await call<Event>(url, organiser, '/api/events', {
    body: {
      organisationId: 'yunting-volunteers',
      title: both('社区图书角整理', 'Sorting the community library'),
      content: both('整理图书', 'Sorting books'),
      community: both('榆树里社区', 'Yushuli Community'),
      district: both('南塘区', 'Nantang'),
      address: both('榆树里社区图书角', 'Yushuli Community library'),
      contactPhone: '+8613800000011',
      conditions: both('年满 16 周岁', 'At least 16'),
      howToApply: both('在本页报名', 'On this page'),
      risks: both('无特殊风险', 'No particular risks'),
      support: both('提供饮水', 'Water is provided'),
      zone: 'Asia/Shanghai',
      shifts: shifts.map((shift) => ({ ...shift, role: both('整理', 'Sorting') })),
    },
  });
  if (drafted.status !== 201) throw new Error(`no draft: ${JSON.stringify(drafted.body)}`);
  const { eventId, version } = drafted.body;
  const published = await call<Event>(url, organiser, `/api/events/${eventId}/publish`, { body: { version } });
  if (published.status !== 200) throw new Error(`not published: ${JSON.stringify(published.body)}`);
  return { eventId, slots: published.body.shifts.map(({ slotId }) => slotId) };
}
