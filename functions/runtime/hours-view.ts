import type * as z from 'zod';
import type { Certificate, HoursRecord, HoursRequest, Stars } from '../../shared/contract/hours.ts';
import { type Counted, type StarRules, starsOf } from '../../shared/domain/hours.ts';
import { printCode } from '../../shared/domain/proof-code.ts';
import type { Store } from '../../shared/store/client.ts';
import { type CountedRecord, createHours } from '../../shared/store/hours.ts';
import type { CertificateItem, HoursRequestItem } from '../../shared/store/items/index.ts';

export const recordView = (record: CountedRecord): z.input<typeof HoursRecord> => record;

export const requestView = ({ askedBy, personId, ...request }: HoursRequestItem): z.input<typeof HoursRequest> => ({
  ...request,
  isOwn: askedBy === personId,
});

export const certificateView = (item: CertificateItem): z.input<typeof Certificate> => ({
  ...item,
  code: printCode(item.code),
});

export const starsView = (rules: StarRules, records: readonly Counted[]): z.input<typeof Stars> => {
  const { met, ...stars } = starsOf(rules, records);
  return { ...stars, met: [...met], hours: [...rules.hours], source: rules.source, mark: rules.mark };
};

/** All that is kept of a person's service, for their own export: what their page shows. */
export async function exportService(store: Store, personId: string) {
  const hours = createHours(store);
  const [of, requests] = await Promise.all([hours.of(personId), hours.requestsAbout(personId)]);
  const certificates = await hours.certificates(of.certified.map(({ code }) => code));
  return {
    records: of.records.map(recordView),
    requests: requests.map(requestView),
    certificates: certificates.map(certificateView),
    ...(of.number?.number && { volunteerNumber: of.number.number }),
  };
}
