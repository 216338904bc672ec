import type { Qualification } from '../../shared/domain/vocabulary.ts';
import type { Store } from '../../shared/store/client.ts';
import type { OrganisationItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';

const both = (text: string) => ({ zh: text, en: text });

export async function anOrganisation(store: Store, organisationId = 'helpers'): Promise<OrganisationItem> {
  const organisation: OrganisationItem = { kind: 'organisation', organisationId, name: both('Helpers') };
  await store.put({ Item: { ...keys.organisation(organisationId), ...organisation } });
  return organisation;
}

export type ShiftInput = {
  shiftId: string;
  role: { zh: string; en: string };
  startsAtLocal: string;
  endsAtLocal: string;
  places: number;
  minAge?: number;
  maxAge?: number;
  needs?: Qualification[];
  minimum?: number;
};

export const aShiftInput = (more: Partial<ShiftInput> = {}): ShiftInput => ({
  shiftId: 'guide',
  role: both('Guide'),
  startsAtLocal: '2026-11-28T09:00',
  endsAtLocal: '2026-11-28T11:30',
  places: 3,
  ...more,
});

/** A complete recruitment notice, as an organiser sends it. */
export const anEventInput = (more: Record<string, unknown> = {}) => ({
  organisationId: 'helpers',
  title: { zh: '社区义诊', en: 'Free clinic' },
  content: both('Content'),
  community: both('Community'),
  district: both('District'),
  address: both('Square'),
  contactPhone: '+8613800000011',
  conditions: both('Conditions'),
  howToApply: both('On the page'),
  risks: both('Risks'),
  support: both('Support'),
  zone: 'Asia/Shanghai',
  shifts: [aShiftInput()],
  ...more,
});
