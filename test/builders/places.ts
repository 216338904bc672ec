import { toInstant } from '../../shared/domain/local-time.ts';
import type { Procedure } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import type { SiteItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys, slotId } from '../../shared/store/keys.ts';
import { newSlotItems } from '../../shared/store/slots.ts';

const both = (text: string) => ({ zh: text, en: text });

export async function aSite(store: Store, more: Partial<SiteItem> = {}): Promise<SiteItem> {
  const site: SiteItem = {
    kind: 'site',
    siteId: 'central',
    name: { zh: '中心血站', en: 'Central station' },
    siteKind: 'centre',
    district: both('District'),
    address: both('1 Station Road'),
    phone: '+862112345678',
    zone: 'Asia/Shanghai',
    procedures: ['whole-blood', 'platelets'],
    pack: 'cn',
    cutoffMinutes: 120,
    dinScheme: 'isbt128',
    // Most stories are not about screening.
    screening: 'paper',
    // Nor about the laboratory.
    laboratory: 'elsewhere',
    ...more,
  };
  await store.put({ Item: { ...keys.site(site.siteId), ...site } });
  return site;
}

/** A slot of a site (donation) or an event (shift), from a local wall time, an hour long unless told otherwise. */
export async function aSlot(
  store: Store,
  more: {
    containerId?: string;
    date?: string;
    time?: string;
    minutes?: number;
    places?: number;
    procedure?: Procedure;
    shift?: string;
    zone?: string;
    minAge?: number;
    closesAt?: string;
    restMinutes?: number | undefined;
    mostShifts?: number | undefined;
  } = {},
): Promise<SlotItem> {
  const { containerId = 'central', date = '2026-12-20', time = '0900', zone = 'Asia/Shanghai' } = more;
  const local = toInstant(`${date}T${time.slice(0, 2)}:${time.slice(2)}`, zone);
  if (!local.ok) throw new Error(`${date} ${time} is ${local.why} in ${zone}`);
  const startsAt = local.instant;
  const procedure = more.shift ? undefined : (more.procedure ?? 'whole-blood');
  const slot = {
    slotId: slotId(containerId, date, time, more.shift ?? procedure ?? ''),
    slotKind: more.shift ? ('shift' as const) : ('donation' as const),
    containerId,
    place: both('Place'),
    address: both('Address'),
    ...(procedure ? { procedure, pack: 'cn' } : {}),
    ...(more.shift && { shiftId: more.shift, role: both('Helper') }),
    ...(more.minAge !== undefined && { minAge: more.minAge }),
    ...(more.closesAt && { closesAt: more.closesAt }),
    ...(more.restMinutes && { restMinutes: more.restMinutes }),
    ...(more.mostShifts && { mostShifts: more.mostShifts }),
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + (more.minutes ?? 60) * 60_000).toISOString(),
    date,
    zone,
    places: more.places ?? 1,
    cutoffMinutes: 120,
  };
  const result = await store.transact(newSlotItems(slot));
  if (!result.ok) throw new Error('the slot could not be made');
  return { kind: 'slot', ...slot, pools: Math.ceil(slot.places / 25), status: 'open', version: 1 };
}
