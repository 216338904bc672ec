import { readFileSync, writeFileSync } from 'node:fs';
import { createHttp } from './http.ts';

/** Many people in one process who all want a place in one slot at the same instant: when the input says so. */
const { origin, slotId, people, out } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  origin: string;
  slotId: string;
  people: { personId: string; token: string }[];
  out: string;
};
export type RushEntry = { personId: string; at: number; until: number; status: number; sent: number; full: boolean };

const http = createHttp(origin, undefined, { whileOthersAre: true });
process.stdin.once('data', () => {
  void Promise.all(
    people.map(async ({ personId, token }): Promise<RushEntry> => {
      const at = Date.now();
      const { status, body, sent } = await http('POST', '/api/bookings', token, `rush-${personId}`, { slotId });
      const reasons = ((body ?? {}) as { reasons?: { code: string }[] }).reasons ?? [];
      return { personId, at, until: Date.now(), status, sent, full: reasons.some(({ code }) => code === 'slot-full') };
    }),
  ).then((entries) => {
    writeFileSync(out, JSON.stringify(entries));
    process.exit(0);
  });
});
console.log('here');
